using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.ServiceDefaults.Intake;

/// <summary>The limits of intake, which callers read from ServerInfo and whose excess is refused by name.</summary>
public sealed record IntakeLimits
{
    /// <summary>Gets the most observations in a batch. Default: 5,000.</summary>
    [Range(1, 100_000)]
    public int MaxBatchItems { get; init; } = 5_000;

    /// <summary>Gets the largest request message in bytes. Default: 4 MiB, enough for 5,000 observations of 800 bytes each.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int MaxMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Gets the most unanswered batches on one stream. Default: 64.</summary>
    [Range(1, 1_024)]
    public int MaxInFlightBatches { get; init; } = 64;

    /// <summary>Gets how far <c>observed_at</c> may lie ahead of the suite's clock. Default: five minutes.</summary>
    public TimeSpan MaxClockLead { get; init; } = TimeSpan.FromMinutes(5);
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Scoring.Operations;

/// <summary>How many long calls may run, wait and be kept.</summary>
public sealed class OperationOptions : IValidatableObject
{
    /// <summary>
    /// How many run at once. 1 to 64, by default 1: one takes as many processors as computations may have, so more of them would only share
    /// these.
    /// </summary>
    [Range(1, 64)]
    public int AtOnce { get; set; } = 1;

    /// <summary>How many may wait. 1 to 10,000, by default 100.</summary>
    [Range(1, 10_000)]
    public int MostQueued { get; set; } = 100;

    /// <summary>
    /// How many are kept, waiting and running ones too. More than may wait and run together, at most 10,000; by default 1,000.
    /// </summary>
    [Range(1, 10_000)]
    public int MostKept { get; set; } = 1_000;

    /// <summary>How much of requests and results is kept together, in bytes. 64 MiB to 1 TiB, by default 1 GiB.</summary>
    [Range(64L << 20, 1L << 40)]
    public long MostKeptBytes { get; set; } = 1L << 30;

    /// <summary>The largest result that is kept, in bytes. 1 KiB to 64 MiB, by default 16 MiB.</summary>
    [Range(1 << 10, 64 << 20)]
    public int MaxResultBytes { get; set; } = 16 << 20;

    /// <summary>How long one is kept after its end. A minute to 30 days, by default 24 hours.</summary>
    [Browsable(false)]
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often one is begun whose process ended while it ran. 1 to 10, by default 2.</summary>
    [Range(1, 10)]
    public int MostAttempts { get; set; } = 2;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        MostKept > MostQueued + AtOnce
            ? []
            : [new($"Write at least {MostQueued + AtOnce + 1}: more than may wait and run.", [nameof(MostKept)])];
}

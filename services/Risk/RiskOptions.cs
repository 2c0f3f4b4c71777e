using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Risk;

/// <summary>How the countries are kept.</summary>
public sealed record RiskOptions
{
    /// <summary>How many observation ids a country remembers for recognising a resend at once; older ones are looked up.</summary>
    public const int ResendWindow = Observations.ResendWindow.Capacity;

    /// <summary>After how many journal entries a country's state is kept as a snapshot. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int SnapshotEvery { get; init; } = 2_000;

    /// <summary>
    /// After how many bytes of journal entries a country's state is kept as a snapshot, where that comes earlier; it bounds what an opening
    /// folds. Default 4 MiB, some 100,000 observations.
    /// </summary>
    [Range(1, 1 << 30)]
    public int SnapshotBytes { get; init; } = 4 << 20;

    /// <summary>The least time between two reports of one country to a ranking. 1 ms to 1 min. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many sources an indicator may have in a country. Default 64.</summary>
    [Range(1, 1_024)]
    public int MaxSources { get; init; } = 64;

    /// <summary>How many horizons the forecasts of an indicator may have in a country. Default 16.</summary>
    [Range(1, 256)]
    public int MaxHorizons { get; init; } = 16;

    /// <summary>
    /// How many series, which are indicators by source and horizon, a country may have; each takes about 500 bytes. Default 20,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxSeries { get; init; } = 20_000;

    /// <summary>
    /// How many bytes a silo keeps, for all its countries together, of what tells where late observations are recorded; 4 bytes an
    /// observation. 0 keeps nothing. Default 64 MiB.
    /// </summary>
    [Range(0, 16L << 30)]
    public long LookupCacheBytes { get; init; } = 64L << 20;
}

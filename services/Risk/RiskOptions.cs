namespace EarlyWarning.Risk;

/// <summary>How the countries are kept.</summary>
public sealed record RiskOptions
{
    /// <summary>How many observation ids a country remembers for recognising a resend at once; older ones are recognised from history.</summary>
    public const int ResendWindow = Countries.ResendWindow.Capacity;

    /// <summary>After how many journal entries a country's state is kept as a snapshot. Default 2,000.</summary>
    public int SnapshotEvery { get; init; } = 2_000;

    /// <summary>The least time between two reports of one country to a ranking. Default 100 ms.</summary>
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromMilliseconds(100);
}

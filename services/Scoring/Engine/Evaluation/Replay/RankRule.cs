namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>The country is among those of the highest scores; a point without a rank changes nothing.</summary>
/// <param name="Ranks">How many those are, at least 1.</param>
public sealed record RankRule(int Ranks) : WatchRule
{
    /// <summary>Gets the rank beyond which the warning ends; the default is <see cref="Ranks"/>.</summary>
    public int? ClearingRank { get; init; }

    internal override WatchReading Read(ReadOnlySpan<ScorePoint> points, int newest, DateTimeOffset moment) =>
        points[newest].Rank switch
        {
            null => WatchReading.Unknown,
            { } rank when rank <= Ranks => WatchReading.Met,
            { } rank when rank > (ClearingRank ?? Ranks) => WatchReading.Cleared,
            _ => WatchReading.NotMet,
        };

    internal override void Check()
    {
        base.Check();
        if (Ranks < 1)
            throw new Fitting.FittingException("ranks", "It is below 1.", "Give how many ranks warn.");
        if (ClearingRank < Ranks)
            throw new Fitting.FittingException("clearingRank", "It is within the ranks that warn.", "Give the last one or a later.");
    }
}

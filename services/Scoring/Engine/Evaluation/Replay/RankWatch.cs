using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Watching;

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>Watches whether a country is among those of the highest scores; a point without a rank changes nothing.</summary>
/// <param name="history">The country's history, with ranks.</param>
/// <param name="ranks">How many those are, at least 1.</param>
public sealed class RankWatch(ScoreHistory history, int ranks) : ReplayedWatch
{
    private int? _rank;

    /// <summary>Gets the rank beyond which the warning ends; the default is that within which it begins.</summary>
    public int? ClearingRank { get; init; }

    /// <inheritdoc />
    public override void Observe(int point) => _rank = history.Points[point].Rank;

    /// <inheritdoc />
    public override ConditionReading Read(long clock) =>
        _rank switch
        {
            null => ConditionReading.Unknown,
            { } rank when rank <= ranks => ConditionReading.Met,
            { } rank when rank > (ClearingRank ?? ranks) => ConditionReading.Cleared,
            _ => ConditionReading.NotMet,
        };

    /// <inheritdoc />
    public override bool IsPassedBack(long clock) => Read(clock) == ConditionReading.Cleared;

    /// <inheritdoc />
    protected internal override void Check()
    {
        if (ranks < 1)
            throw new FittingException("ranks", "It is below 1.", "Give how many ranks warn.");
        if (ClearingRank < ranks)
            throw new FittingException("clearingRank", "It is within the ranks that warn.", "Give the last one or a later.");
    }
}

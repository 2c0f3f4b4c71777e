using EarlyWarning.Scoring.Engine.Evaluation.Replay;
using EarlyWarning.Scoring.Engine.Watching;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Watches whether a score is at or above a value.</summary>
internal sealed class AboveWatch(ScoreHistory history, double value) : ReplayedWatch
{
    private double _score;

    public override void Observe(int point) => _score = history.Points[point].Score;

    public override ConditionReading Read(long clock) =>
        double.IsNaN(_score) ? ConditionReading.Unknown
        : _score >= value ? ConditionReading.Met
        : ConditionReading.Cleared;

    public override bool IsPassedBack(long clock) => Read(clock) == ConditionReading.Cleared;
}

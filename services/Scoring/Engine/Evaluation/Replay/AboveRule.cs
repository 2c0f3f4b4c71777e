namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>The score is at or above a value.</summary>
/// <param name="Value">The value.</param>
public sealed record AboveRule(double Value) : WatchRule
{
    /// <summary>Gets the value below which the warning ends; the default is <see cref="Value"/>.</summary>
    public double? ClearingValue { get; init; }

    internal override WatchReading Read(ReadOnlySpan<ScorePoint> points, int newest, DateTimeOffset moment)
    {
        var score = points[newest].Score;
        return double.IsNaN(score) ? WatchReading.Unknown
            : score >= Value ? WatchReading.Met
            : score < (ClearingValue ?? Value) ? WatchReading.Cleared
            : WatchReading.NotMet;
    }

    internal override void Check()
    {
        base.Check();
        if (ClearingValue > Value)
            throw new Fitting.FittingException("clearingValue", "It is above the value.", "Give the value or a lower one.");
    }
}

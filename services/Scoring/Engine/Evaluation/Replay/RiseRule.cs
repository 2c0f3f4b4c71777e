namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>
/// The score is higher, by a value or more, than its lowest within a window. An earlier score counts as long as it held, not from when it
/// was first known: a jump after a year of standing still is a rise. The warning ends with a score that is no such rise.
/// </summary>
/// <param name="Rise">The rise, above 0.</param>
/// <param name="Window">The window, above 0.</param>
public sealed record RiseRule(double Rise, TimeSpan Window) : WatchRule
{
    internal override WatchReading Read(ReadOnlySpan<ScorePoint> points, int newest, DateTimeOffset moment)
    {
        var score = points[newest].Score;
        if (double.IsNaN(score))
            return WatchReading.Unknown;
        for (var i = newest - 1; i >= 0 && moment - points[i + 1].KnownAt <= Window; i--)
            if (score - points[i].Score >= Rise)
                return WatchReading.Met;
        return WatchReading.Cleared;
    }

    internal override void Check()
    {
        base.Check();
        if (!(Rise > 0))
            throw new Fitting.FittingException("rise", "It is not above 0.", "Give how much the score must rise.");
        if (Window <= TimeSpan.Zero)
            throw new Fitting.FittingException("window", $"{Window} is not above 0.", "Give the time in which it rises.");
    }
}

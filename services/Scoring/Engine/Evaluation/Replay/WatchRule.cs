namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>
/// When a score would raise a warning, and when it would end. Works as a live threshold does: it starts, and ends, when a score becomes
/// known; time alone completes the wait; a point without a score changes nothing.
/// </summary>
public abstract record WatchRule
{
    private protected WatchRule() { }

    /// <summary>Gets how long the condition must hold before the warning is raised; the default is not at all.</summary>
    public TimeSpan For { get; init; }

    /// <summary>Gets the sign by which more danger is a higher score.</summary>
    internal virtual int Sign => 1;

    /// <summary>Reads the condition at a moment at which the point with this number is the newest.</summary>
    internal abstract WatchReading Read(ReadOnlySpan<ScorePoint> points, int newest, DateTimeOffset moment);

    /// <summary>Refuses what could never work.</summary>
    internal virtual void Check()
    {
        if (For < TimeSpan.Zero)
            throw new Fitting.FittingException("for", $"{For} is below 0.", "Give 0 or a longer time.");
    }
}

namespace EarlyWarning.Scoring.Engine.Watching;

/// <summary>Something that is watched, live or over history, with where its watch stands. Times are in ticks.</summary>
/// <remarks>
/// Asked by the step of a watch, one moment after the other and never back in time, by one thread at a time. It changes nothing itself: who
/// watches puts what the step says in its place.
/// </remarks>
public interface IWatched
{
    /// <summary>Gets where the watch stands.</summary>
    WatchStage Stage { get; }

    /// <summary>Gets when the condition was first met, while it is pending, or when it fired.</summary>
    long Since { get; }

    /// <summary>Gets for how long the condition must hold; 0 for not at all.</summary>
    long Duration { get; }

    /// <summary>Reads the condition in the present state.</summary>
    /// <param name="clock">The moment, not before that of the state.</param>
    ConditionReading Read(long clock);

    /// <summary>
    /// Says whether the condition is passed back, in the present state and in it as it would be if the values that have gone stale since
    /// the watch fired still counted: silence resolves nothing.
    /// </summary>
    /// <param name="clock">The moment, not before that of the state.</param>
    bool IsPassedBack(long clock);
}

namespace EarlyWarning.Scoring.Engine.Watching;

/// <summary>
/// The one course that a watch takes, whether it decides live or is played over history. Only news of what is watched, or a new definition,
/// starts it; only news resolves it; time alone completes the wait of one that was started. It goes one step at a moment.
/// </summary>
public static class WatchCourse
{
    /// <summary>Says where a watch goes at a moment.</summary>
    /// <param name="watched">What is watched.</param>
    /// <param name="clock">The moment, in ticks.</param>
    /// <param name="occasion">Why it is looked at.</param>
    public static WatchStep Next(IWatched watched, long clock, WatchOccasion occasion)
    {
        switch (watched.Stage)
        {
            case WatchStage.Inactive when occasion != WatchOccasion.Time && watched.Read(clock) == ConditionReading.Met:
                return watched.Duration > 0 ? WatchStep.Wait : WatchStep.Fire;
            case WatchStage.Pending:
                var reading = watched.Read(clock);
                if (reading == ConditionReading.Met)
                    return clock >= EndOfWait(watched) ? WatchStep.Fire : WatchStep.Stay;

                // Coverage that is lost, or a value that has gone stale, is no news: the wait goes on, and does not end, until there is
                // some.
                return reading != ConditionReading.Unknown && occasion != WatchOccasion.Time ? WatchStep.Drop : WatchStep.Stay;
            case WatchStage.Firing when occasion == WatchOccasion.News && watched.IsPassedBack(clock):
                return WatchStep.Resolve;
            default:
                return WatchStep.Stay;
        }
    }

    /// <summary>
    /// Gets the moment, in ticks, at which waiting alone fires a watch as things stand; <see cref="long.MaxValue"/> where it does not up to
    /// a moment.
    /// </summary>
    /// <param name="watched">What is watched.</param>
    /// <param name="clock">The present moment; nothing fires before it.</param>
    /// <param name="upTo">The last moment of interest.</param>
    public static long Deadline(IWatched watched, long clock, long upTo) =>
        watched.Stage == WatchStage.Pending
        && Math.Max(clock, EndOfWait(watched)) is var end
        && end <= upTo
        && watched.Read(end) == ConditionReading.Met
            ? end
            : long.MaxValue;

    private static long EndOfWait(IWatched watched) =>
        watched.Since > long.MaxValue - watched.Duration ? long.MaxValue : watched.Since + watched.Duration;
}

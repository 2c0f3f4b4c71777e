namespace EarlyWarning.Store.Clocks;

/// <summary>Which clocks disagree.</summary>
public enum ClockConflict
{
    /// <summary>The wall clock has jumped against the monotonic one.</summary>
    Jumped,

    /// <summary>The store's clock differs from the wall clock.</summary>
    StoreDiffers,

    /// <summary>The wall clock lies behind the time at which the store was last in use.</summary>
    BehindStore,

    /// <summary>The wall clock lies so far ahead of that time that it may be wrong.</summary>
    AheadOfStore,
}

/// <summary>Clocks that disagree so far that the wall clock is not taken at its word.</summary>
/// <param name="Conflict">Which.</param>
/// <param name="Difference">By how much: the wall clock's lead over the time that goes on, or the store's over the wall clock.</param>
/// <param name="Since">When that was found, by the clock that was believed before.</param>
/// <param name="Stamp">When that was found, by the monotonic clock.</param>
/// <param name="DecisionsWait">No time is known that could be gone on with, so what only time decides waits too.</param>
/// <param name="Text">All of it in a sentence or two, for operators and senders.</param>
public sealed record ClockDoubt(
    ClockConflict Conflict,
    TimeSpan Difference,
    DateTimeOffset Since,
    long Stamp,
    bool DecisionsWait,
    string Text
);

/// <summary>What time it is, and whether that is certain.</summary>
/// <param name="Now">The suite's time.</param>
/// <param name="Doubt">What is wrong; <see langword="null"/> where nothing is.</param>
public readonly record struct ClockReading(DateTimeOffset Now, ClockDoubt? Doubt);

/// <summary>What the clock has to say to operators.</summary>
/// <param name="Doubt">What is wrong now; <see langword="null"/> where nothing is.</param>
/// <param name="Past">What was wrong and is over, for a while; empty where nothing was.</param>
/// <param name="Lead">The wall clock's lead over the suite's time.</param>
/// <param name="StoreLead">
/// The store's clock's lead over the wall clock; <see langword="null"/> where there is none, or it does not answer.
/// </param>
public sealed record ClockStatus(ClockDoubt? Doubt, string Past, TimeSpan Lead, TimeSpan? StoreLead);

/// <summary>Something to report of the clocks.</summary>
/// <param name="Begins">Intake stops for it.</param>
/// <param name="Text">What happened.</param>
internal readonly record struct ClockEvent(bool Begins, string Text);

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>A time in which an event counts.</summary>
/// <param name="After">The moment after which it must come, strictly.</param>
/// <param name="End">The last moment at which it may come.</param>
public readonly record struct EventWindow(DateTimeOffset After, DateTimeOffset End)
{
    /// <summary>Tells whether an event at a moment counts.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Whether it does.</returns>
    public bool Holds(DateTimeOffset moment) => moment > After && moment <= End;
}

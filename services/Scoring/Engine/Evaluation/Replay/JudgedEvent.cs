namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>An event and the warning that it had.</summary>
/// <param name="Event">The event.</param>
/// <param name="LeadTime">How long before it the first warning for which it counts was raised; null where it was missed.</param>
/// <param name="Standing">Whether a warning stood that began longer before it than the horizon, where none counts.</param>
public sealed record JudgedEvent(RecordedEvent Event, TimeSpan? LeadTime, bool Standing);

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>An event and the warning that it had.</summary>
/// <param name="Event">The event.</param>
/// <param name="LeadTime">How long before it the first warning that covers it was raised; null where it was missed.</param>
public sealed record JudgedEvent(RecordedEvent Event, TimeSpan? LeadTime);

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>Something that came to a country: an onset of mass killing.</summary>
/// <param name="Country">The country.</param>
/// <param name="At">When.</param>
public sealed record RecordedEvent(string Country, DateTimeOffset At);

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>A warning that a rule would have raised.</summary>
/// <param name="Country">The country.</param>
/// <param name="Start">When it would have been raised.</param>
/// <param name="End">When it would have ended; null while it had not.</param>
/// <param name="Peak">The score of most danger while it stood.</param>
/// <param name="PeakAt">When that was first known, not before the start.</param>
public sealed record RaisedWarning(string Country, DateTimeOffset Start, DateTimeOffset? End, double Peak, DateTimeOffset PeakAt);

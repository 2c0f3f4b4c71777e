namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>A warning and what it came to.</summary>
/// <param name="Warning">The warning.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="LeadTime">How long after its start the first event came that it covers; null without one.</param>
public sealed record JudgedWarning(RaisedWarning Warning, Verdict Verdict, TimeSpan? LeadTime);

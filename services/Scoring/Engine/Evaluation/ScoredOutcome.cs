namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>A forecast and what came of it.</summary>
/// <param name="Score">A probability or any score that is higher for more danger.</param>
/// <param name="Outcome">Whether the event came.</param>
/// <param name="Period">The period in which it was one of those that were ranked, as a rule the year.</param>
/// <param name="Country">What was forecast, as a rule a country.</param>
public readonly record struct ScoredOutcome(double Score, bool Outcome, int Period = 0, string Country = "");

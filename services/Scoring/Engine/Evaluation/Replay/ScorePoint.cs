namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>A score as it was known from a moment on, until the next point.</summary>
/// <param name="KnownAt">When it could be known.</param>
/// <param name="Score">The score; NaN where there was none.</param>
/// <param name="Rank">The place among all countries then, 1 for the highest score; null where nobody was ranked.</param>
public readonly record struct ScorePoint(DateTimeOffset KnownAt, double Score, int? Rank = null);

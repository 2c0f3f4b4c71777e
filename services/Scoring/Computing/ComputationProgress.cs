namespace EarlyWarning.Scoring.Computing;

/// <summary>How far a computation has come.</summary>
/// <param name="Share">The share done, 0 to 1.</param>
/// <param name="Phase">What is being done, in a word or two.</param>
/// <param name="Period">The period of a back-test that was done last.</param>
internal sealed record ComputationProgress(double Share, string Phase, V1.PeriodSkill? Period = null);

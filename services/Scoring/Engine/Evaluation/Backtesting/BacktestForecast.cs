namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>What was forecast for one country from one period.</summary>
/// <param name="Country">The country.</param>
/// <param name="Period">The period that it was forecast from.</param>
/// <param name="Probability">The model's probability, 0 to 1, or its score where scores are tried out.</param>
/// <param name="BaseRate">The base rate of its training window, 0 to 1.</param>
/// <param name="Naive">The naive model's probability, 0 to 1.</param>
/// <param name="Outcome">What came; null where it is not known.</param>
public sealed record BacktestForecast(string Country, int Period, double Probability, double BaseRate, double Naive, bool? Outcome);

using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>What a back-test came to.</summary>
/// <param name="Periods">Each period, in order.</param>
/// <param name="Pooled">How good all forecasts together were; null while no outcome is known. Lists are still made for each period.</param>
public sealed record BacktestSummary(ImmutableArray<BacktestPeriod> Periods, ForecastComparison? Pooled);

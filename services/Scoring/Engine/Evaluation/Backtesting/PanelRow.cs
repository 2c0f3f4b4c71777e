using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>A country in a period: what was known of it at the period's end, and what came afterwards.</summary>
/// <param name="Country">The country.</param>
/// <param name="Period">The period, as a rule the year.</param>
/// <param name="Values">One value a column of the panel; NaN where it is missing.</param>
/// <param name="Outcome">Whether the event came; null where nobody knows yet, or where it may not be known.</param>
public sealed record PanelRow(string Country, int Period, ImmutableArray<double> Values, bool? Outcome);

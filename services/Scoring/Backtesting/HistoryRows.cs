using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Histories;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>A window of history that a framework is scored on.</summary>
/// <param name="Window">The window.</param>
/// <param name="Indicators">What was read, in the order of the values.</param>
/// <param name="History">The countries' values.</param>
internal sealed record HistoryRows(Window Window, IReadOnlyList<string> Indicators, IReadOnlyList<HistoryRow> History)
{
    /// <summary>The periods without any values: what outcomes are told of.</summary>
    public TrainingRows Periods { get; } =
        new(
            [],
            "",
            null,
            Window.WithHindsight,
            Window.Times,
            [.. History.Select(row => new CountryPeriod(row.Values.Country, row.Time, []))]
        );
}

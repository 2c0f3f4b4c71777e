using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>
/// Tries a forecaster out on a history with an expanding window: in each period it learns from the rows whose outcomes were known by the
/// period's end, forecasts the period's rows without seeing their outcomes, and is judged by them. Source: L. Tashman, "Out-of-sample tests
/// of forecasting accuracy", International Journal of Forecasting 16 (2000), rolling origin.
/// </summary>
public static class Backtest
{
    /// <summary>Runs it, a period for each item that is asked for, so that a caller can pass results on while it runs.</summary>
    /// <param name="panel">The history.</param>
    /// <param name="forecaster">What is tried out.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The periods in order; those without a row are passed over.</returns>
    /// <exception cref="FittingException">A forecaster cannot learn from a window, or gives no probability.</exception>
    public static IEnumerable<BacktestPeriod> Run(
        Panel panel,
        IForecaster forecaster,
        BacktestOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TopRanks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CalibrationBins, 1);
        var periods = panel
            .Rows.GroupBy(row => row.Period)
            .Where(rows => rows.Key >= options.FirstPeriod && rows.Key <= (options.LastPeriod ?? int.MaxValue));
        foreach (var rows in periods)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return RunOne(panel, forecaster, options, rows.Key, [.. rows], cancellationToken);
        }
    }

    private static BacktestPeriod RunOne(
        Panel panel,
        IForecaster forecaster,
        BacktestOptions options,
        int period,
        ImmutableArray<PanelRow> rows,
        CancellationToken cancellationToken
    )
    {
        var known = panel.KnownBy(period);
        if (known.Rows.IsEmpty)
            throw new FittingException(
                "firstPeriod",
                $"No outcome is known by the end of {period.ToString(CultureInfo.InvariantCulture)}.",
                "Start later, when there is something to learn from."
            );
        var model = forecaster.Fit(known, period, cancellationToken);
        var baseRate = new BaseRateForecaster().Fit(known, period, cancellationToken);
        var naive = options.Naive.Fit(known, period, cancellationToken);
        ImmutableArray<BacktestForecast> forecasts =
        [
            .. rows.Select(row =>
            {
                var blind = row with { Outcome = null };
                return new BacktestForecast(
                    row.Country,
                    period,
                    model.Probability(blind),
                    baseRate.Probability(blind),
                    naive.Probability(blind),
                    row.Outcome
                );
            }),
        ];
        return new BacktestPeriod
        {
            Period = period,
            TrainingRows = known.Rows.Length,
            TrainingEvents = known.EventCount,
            LastTrainingPeriod = known.Rows[^1].Period,
            Forecasts = forecasts,
            Quality = ForecastComparison.Measure(forecasts, options),
            Model = model.Model,
        };
    }
}

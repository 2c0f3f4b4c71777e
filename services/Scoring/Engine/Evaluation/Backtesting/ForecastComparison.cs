using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>A model beside what it must beat, on the same cases.</summary>
/// <param name="Model">The model's measures.</param>
/// <param name="BaseRate">
/// Those of the base rate of each training window. It says the same of every country, so it ranks none: it has no area and no curve, which
/// would only tell whether more came in the years whose rate was higher.
/// </param>
/// <param name="Naive">Those of the naive model.</param>
public sealed record ForecastComparison(ForecastQuality Model, ForecastQuality BaseRate, ForecastQuality Naive)
{
    /// <summary>Measures forecasts whose outcomes are known.</summary>
    /// <param name="forecasts">The forecasts; those without an outcome are passed over.</param>
    /// <param name="options">How they are measured.</param>
    /// <returns>The comparison; null where no outcome is known.</returns>
    /// <exception cref="FittingException">A forecast is no probability.</exception>
    public static ForecastComparison? Measure(IEnumerable<BacktestForecast> forecasts, BacktestOptions options)
    {
        var known = forecasts.Where(forecast => forecast.Outcome is not null).ToArray();
        return known.Length == 0
            ? null
            : new ForecastComparison(
                Of(known, forecast => forecast.Probability, options.Probabilities),
                Of(known, forecast => forecast.BaseRate) with
                {
                    AreaUnderRoc = null,
                    Curve = null,
                },
                Of(known, forecast => forecast.Naive)
            );

        ForecastQuality Of(BacktestForecast[] all, Func<BacktestForecast, double> probability, bool probabilities = true) =>
            ForecastQuality.Measure(
                [.. all.Select(one => new ScoredOutcome(probability(one), one.Outcome!.Value, one.Period, one.Country))],
                options.TopRanks,
                options.CalibrationBins,
                probabilities
            );
    }
}

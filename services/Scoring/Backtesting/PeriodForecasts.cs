using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>What was foretold in one period.</summary>
/// <param name="Period">The number of its moment.</param>
/// <param name="Forecasts">One a country.</param>
internal sealed record PeriodForecasts(int Period, IReadOnlyList<CountryForecast> Forecasts)
{
    /// <summary>The forecasts whose outcome is known.</summary>
    public ScoredOutcome[] Cases(Func<CountryForecast, double?> score) =>
        [
            .. Forecasts
                .Where(forecast => forecast.Outcome is not null && score(forecast) is not null)
                .Select(forecast => new ScoredOutcome(score(forecast)!.Value, forecast.Outcome!.Value, Period, forecast.Country)),
        ];
}

/// <summary>What was foretold of one country.</summary>
/// <param name="Country">The country.</param>
/// <param name="Model">The model's probability, or the framework's score; <see langword="null"/> without one.</param>
/// <param name="BaseRate">The base rate of what was known; <see langword="null"/> before anything was.</param>
/// <param name="Naive">The naive model's probability; <see langword="null"/> before anything was known.</param>
/// <param name="Outcome">What came; <see langword="null"/> where that is not known.</param>
internal sealed record CountryForecast(string Country, double? Model, double? BaseRate, double? Naive, bool? Outcome);

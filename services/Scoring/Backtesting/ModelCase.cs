using System.Collections.Frozen;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Fitting;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>
/// A model that is refitted on an expanding window: the forecasts of a period have seen only what was known at its moment.
/// </summary>
internal sealed class ModelCase(TrainingRows rows, FitPlan plan, LabelledPanels panels, int first, V1.FitOptions? options) : BacktestCase
{
    private readonly FrozenSet<string> _countries = rows.Rows.Select(row => row.Country).ToFrozenSet(StringComparer.Ordinal);

    public override string Framework => "";

    public override bool AreProbabilities => true;

    public override ulong Seed => plan.Recipe.Seed;

    public override TrainingRows Rows => rows;

    public override OutcomeSet Outcomes => panels.Outcomes;

    public override HitDefinition Definition => panels.Horizons.Definition;

    public override IReadOnlyList<int> Periods { get; } =
    [.. rows.Rows.Select(row => row.Period).Where(period => period >= first).Distinct().Order()];

    public override bool Asks(string country) => _countries.Contains(country);

    public override void AddTo(ContentKey key) => key.Add("model").Add(first).Add(options);

    public override PeriodForecasts Run(int period, CancellationToken cancellationToken)
    {
        var run = Backtest
            .Run(panels.At(period), new ModelForecaster(plan), new() { FirstPeriod = period, LastPeriod = period }, cancellationToken)
            .Single();
        return new(
            period,
            [
                .. run.Forecasts.Select(forecast => new CountryForecast(
                    forecast.Country,
                    forecast.Probability,
                    forecast.BaseRate,
                    forecast.Naive,
                    forecast.Outcome
                )),
            ]
        );
    }
}

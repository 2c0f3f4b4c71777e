using System.Collections.Concurrent;
using System.Collections.Frozen;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>A framework as it stands, over history as it was known.</summary>
internal sealed class FrameworkCase(
    ChosenFramework framework,
    FrameworkInputs inputs,
    HistoryRows history,
    LabelledPanels panels,
    ReplayedRule? rule
) : BacktestCase
{
    private const int NaivePeriods = 5;
    private readonly ILookup<int, CountryRow> _rows = history.History.ToLookup(row => row.Time, row => row.Values);
    private readonly ConcurrentDictionary<int, FrozenDictionary<string, ScoreState>> _states = new();

    public override string Framework => framework.Name;

    public override bool AreProbabilities => framework.Compiled.Model is not CompositeFramework;

    public override TrainingRows Rows => history.Periods;

    public override OutcomeSet Outcomes => panels.Outcomes;

    public override HitDefinition Definition => rule?.Definition ?? panels.Horizons.Definition;

    public override IReadOnlyList<int> Periods { get; } = [.. history.History.Select(row => row.Time).Distinct().Order()];

    public override bool Asks(string country) =>
        history.Window.Countries.Count == 0 || history.Window.Countries.Contains(country, StringComparer.Ordinal);

    public override void AddTo(ContentKey key)
    {
        key.Add("framework").Add(framework.Content).Add([.. history.History.Select(row => row.Values)]);
        rule?.AddTo(key);
    }

    public override PeriodForecasts Run(int period, CancellationToken cancellationToken)
    {
        var states = _states[period] = _rows[period]
            .ToFrozenDictionary(
                row => row.Country,
                row =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return inputs.Score(framework.Compiled, row);
                },
                StringComparer.Ordinal
            );
        var panel = panels.At(period);
        var known = panel.KnownBy(period);
        FittedForecaster? baseRate = null,
            naive = null;
        if (!known.Rows.IsEmpty)
        {
            baseRate = new BaseRateForecaster().Fit(known, period, cancellationToken);
            naive = new PersistenceForecaster(NaivePeriods).Fit(known, period, cancellationToken);
        }

        return new(
            period,
            [
                .. panel
                    .Rows.Where(row => row.Period == period)
                    .Select(row =>
                    {
                        var blind = row with { Outcome = null };
                        return new CountryForecast(
                            row.Country,
                            states[row.Country].Score,
                            baseRate?.Probability(blind),
                            naive?.Probability(blind),
                            row.Outcome
                        );
                    }),
            ]
        );
    }

    public override void Complete(V1.BacktestResult result, CancellationToken cancellationToken) =>
        rule?.Replay(
            result,
            Rows,
            Asks,
            (country, period) => _states.GetValueOrDefault(period)?.GetValueOrDefault(country),
            cancellationToken
        );
}

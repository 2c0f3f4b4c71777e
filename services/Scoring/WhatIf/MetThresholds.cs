using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;
using Reading = EarlyWarning.Catalogue.Watching.Reading;

namespace EarlyWarning.Scoring.WhatIf;

/// <summary>Finds the enabled thresholds whose condition does not hold in one state of a country and does in another.</summary>
internal sealed class MetThresholds(
    ICatalogue catalogue,
    IGrainFactory grains,
    CountryValuesReader reader,
    ComputationGate gate,
    TimeProvider time
)
{
    private const int MostMoments = 1_000;

    public async Task<IReadOnlyList<string>> FindAsync(
        ChosenFramework framework,
        CountryRow row,
        Moment moment,
        ScoreState before,
        ScoreState after,
        CancellationToken cancellationToken
    )
    {
        var country = row.Country;
        var met = new List<string>();
        foreach (var threshold in catalogue.Current.Thresholds.Values.OrderBy(threshold => threshold.Name, StringComparer.Ordinal))
        {
            if (
                threshold.Disabled
                || threshold.Framework != Names.Framework(framework.Id)
                || (threshold.Countries.Count > 0 && !threshold.Countries.Contains(country))
                || Target.Find(framework.Compiled, threshold.Target) is not { } watched
            )
            {
                continue;
            }

            double? lowest =
                threshold.Condition == V1.Condition.Rise
                    ? await LowestAsync(framework, country, threshold, watched, moment, cancellationToken)
                    : null;
            var condition = new WatchedCondition(threshold, framework.Compiled, watched);
            if (await gate.RunAsync(() => !Holds(condition, before, lowest) && Holds(condition, after, lowest), cancellationToken))
            {
                met.Add(threshold.Name);
            }
        }

        return met;
    }

    // The value as it would be may itself be the lowest of the window, and then there is no rise.
    private static bool Holds(WatchedCondition condition, ScoreState state, double? lowest) =>
        condition.Read(
            state,
            condition.Target.Value(state) is { } value ? Math.Min(lowest ?? value, value) : lowest,
            () => StateDistribution.Of(state, StateDistribution.DecisionDraws),
            out _
        ) == Reading.Met;

    /// <summary>
    /// The lowest value in the window: at its start and wherever the score changed, as it was known then and under the present version, so
    /// that a new version is no rise by itself.
    /// </summary>
    private async Task<double?> LowestAsync(
        ChosenFramework framework,
        string country,
        V1.Threshold threshold,
        Target watched,
        Moment moment,
        CancellationToken cancellationToken
    )
    {
        var until = moment.At ?? time.GetUtcNow();
        var from = until - threshold.Window.ToTimeSpan();
        var changes = await grains
            .GetGrain<ICountryGrain>(country)
            .HistoryAsync(framework.Id, from, until, 0, MostMoments)
            .WaitAsync(cancellationToken);
        var times = changes.Select(change => change.Time.ToDateTimeOffset()).Append(from).Distinct().Order().ToArray();
        var inputs = new FrameworkInputs(framework.Compiled);
        var rows = await reader.HistoryAsync(country, new(inputs.Wanted, times, AsKnown: true), cancellationToken);
        return rows.Select(row => watched.Value(inputs.Score(framework.Compiled, row))).Min();
    }
}

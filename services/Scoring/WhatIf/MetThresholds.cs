using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;

namespace EarlyWarning.Scoring.WhatIf;

/// <summary>Finds the enabled thresholds whose condition does not hold in one state of a country and does in another.</summary>
internal sealed class MetThresholds(ICatalogue catalogue, IGrainFactory grains, CountryValuesReader reader, ComputationGate gate, TimeProvider time)
{
    private const int MostMoments = 1_000;

    public async Task<IReadOnlyList<string>> FindAsync(
        ChosenFramework framework, CountryRow row, Moment moment, ScoreState before, ScoreState after, CancellationToken cancellationToken)
    {
        var country = row.Country;
        var seed = Seed.Of(framework.Id, framework.Version, country, row.Revision);
        var met = new List<string>();
        foreach (var threshold in catalogue.Current.Thresholds.Values.OrderBy(threshold => threshold.Name, StringComparer.Ordinal))
        {
            if (threshold.Disabled || threshold.Framework != Names.Framework(framework.Id)
                || (threshold.Countries.Count > 0 && !threshold.Countries.Contains(country))
                || WatchedValue.Find(framework.Compiled, threshold.Target) is not { } watched)
            {
                continue;
            }

            double? lowest = threshold.Condition == V1.Condition.Rise
                ? await LowestAsync(framework, country, threshold, watched, moment, cancellationToken)
                : null;
            if (await gate.RunAsync(() => !Holds(threshold, watched, before, lowest, seed) && Holds(threshold, watched, after, lowest, seed), cancellationToken))
            {
                met.Add(threshold.Name);
            }
        }

        return met;
    }

    private static bool Holds(V1.Threshold threshold, WatchedValue watched, ScoreState state, double? lowest, ulong seed)
    {
        if (watched.Of(state) is not { } value || watched.Coverage(state) < threshold.MinimumCoverage)
        {
            return false;
        }

        return threshold.Condition switch
        {
            V1.Condition.Above => value >= threshold.Value && Sure(threshold.Value),
            V1.Condition.Below => value <= threshold.Value
                && (threshold.MinimumProbability <= 0 || 1 - watched.ProbabilityAtLeast(state, threshold.Value, seed) >= threshold.MinimumProbability),
            V1.Condition.Rise => Math.Min(lowest ?? value, value) + threshold.Value is var risen && value >= risen && Sure(risen),
            V1.Condition.Level => LevelOf(state.Framework, threshold.Level) is var level and >= 0
                && state.LevelIndex >= level && Sure(state.Framework.Model.Bands[level].LowerBound),
            _ => false,
        };

        bool Sure(double bound) => threshold.MinimumProbability <= 0 || watched.ProbabilityAtLeast(state, bound, seed) >= threshold.MinimumProbability;
    }

    private static int LevelOf(CompiledFramework framework, string level)
    {
        var bands = framework.Model.Bands;
        for (var i = 0; i < bands.Length; i++)
        {
            if (bands[i].Name == level)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// The lowest value in the window: at its start and wherever the score changed, as it was known then and under the present version, so that a
    /// new version is no rise by itself.
    /// </summary>
    private async Task<double?> LowestAsync(
        ChosenFramework framework, string country, V1.Threshold threshold, WatchedValue watched, Moment moment, CancellationToken cancellationToken)
    {
        var until = moment.At ?? time.GetUtcNow();
        var from = until - threshold.Window.ToTimeSpan();
        var changes = await grains.GetGrain<ICountryGrain>(country)
            .HistoryAsync(framework.Id, from, until, 0, MostMoments).WaitAsync(cancellationToken);
        var times = changes.Select(change => change.Time.ToDateTimeOffset()).Append(from).Distinct().Order().ToArray();
        var inputs = new FrameworkInputs(framework.Compiled);
        var rows = await reader.HistoryAsync(country, new(inputs.Wanted, times, AsKnown: true), cancellationToken);
        return rows.Select(row => watched.Of(inputs.Score(framework.Compiled, row))).Min();
    }
}

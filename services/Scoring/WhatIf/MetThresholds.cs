using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Watching;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;

namespace EarlyWarning.Scoring.WhatIf;

/// <summary>Finds the enabled thresholds whose condition does not hold in one state of a country and does in another.</summary>
internal sealed class MetThresholds(ICatalogue catalogue, RiseWindows windows, ComputationGate gate, TimeProvider time)
{
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
                || threshold.Framework != FrameworkNames.Framework(framework.Id)
                || (threshold.Countries.Count > 0 && !threshold.Countries.Contains(country))
                || Target.Find(framework.Compiled, threshold.Target) is not { } watched
            )
            {
                continue;
            }

            var at = moment.At ?? time.GetUtcNow();
            var window =
                threshold.Condition == V1.Condition.Rise
                    ? await windows.OfAsync(framework, country, threshold, watched, at, cancellationToken)
                    : null;
            var condition = new WatchedCondition(threshold, framework.Compiled, watched);
            if (await gate.RunAsync(() => !Holds(condition, before, window, at) && Holds(condition, after, window, at), cancellationToken))
            {
                met.Add(threshold.Name);
            }
        }

        return met;
    }

    /// <summary>Reads the condition in a state that begins at a moment: what held until then is what a rise is measured from.</summary>
    private static bool Holds(WatchedCondition condition, ScoreState state, RiseWindow? window, DateTimeOffset at)
    {
        window?.Observe(at.UtcTicks, condition.Target.Value(state), static () => []);
        return condition.Read(
                state,
                window?.Lowest(at.UtcTicks)?.Value,
                () => StateDistribution.Of(state, StateDistribution.DecisionDraws),
                out _
            ) == ConditionReading.Met;
    }
}

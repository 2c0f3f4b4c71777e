using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Catalogue.Thresholds;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Watching;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using Reading = EarlyWarning.V1.ConditionPreview.Types.Reading;

namespace EarlyWarning.Scoring.WhatIf;

/// <summary>Answers in which countries the condition of a threshold holds, before it is one.</summary>
internal sealed class ThresholdPreviewing(
    ICatalogue catalogue,
    FrameworkResolver frameworks,
    CountryChoice countries,
    CountryValuesReader reader,
    RiseWindows windows,
    ComputationGate gate,
    TimeProvider time
)
{
    public async Task<V1.PreviewThresholdResponse> AnswerAsync(V1.PreviewThresholdRequest request, CancellationToken cancellationToken)
    {
        var revision = frameworks.Revision;
        var (threshold, framework) = Checked(request.Threshold ?? new());
        RequestFilters.Countries(request.Countries, countries.Knows);
        var named = request.Countries.ToHashSet(StringComparer.Ordinal);
        var asked = threshold.Countries.Where(one => named.Count == 0 || named.Contains(one)).ToHashSet(StringComparer.Ordinal);
        V1.PreviewThresholdResponse answer = new() { CatalogueRevision = revision };
        if (asked.Count == 0 && threshold.Countries.Count > 0)
        {
            return answer;
        }

        if (threshold.Countries.Count == 0)
        {
            asked = named;
        }

        var target = Target.Find(framework.Compiled, threshold.Target)!.Value;
        WatchedCondition condition = new(threshold, framework.Compiled, target);
        var inputs = new FrameworkInputs(framework.Compiled);
        var rows = await reader.ReadAsync([.. asked], inputs.Wanted, Moment.Now, cancellationToken);
        var known = rows.Where(row => row.HasData).ToDictionary(row => row.Country, StringComparer.Ordinal);
        var previews = await reader.EachAsync(
            [.. known.Keys],
            country => OneAsync(inputs.Score(framework.Compiled, known[country]), country),
            cancellationToken
        );
        answer.Countries.Add(previews.OrderBy(one => one.Country, StringComparer.Ordinal));
        return answer;

        async Task<V1.ConditionPreview> OneAsync(ScoreState state, string country)
        {
            var now = time.GetUtcNow();
            RiseWindow? window = null;
            if (threshold.Condition == V1.Condition.Rise)
            {
                window = await windows.OfAsync(framework, country, threshold, target, now, cancellationToken);
                window.Observe(now.UtcTicks, target.Value(state), static () => []);
            }

            var lowest = window?.Lowest(now.UtcTicks)?.Value;
            var value = threshold.Condition == V1.Condition.Level ? null : target.Value(state);
            return await gate.RunAsync(() => Of(condition, state, country, value, lowest), cancellationToken);
        }
    }

    private static V1.ConditionPreview Of(WatchedCondition condition, ScoreState state, string country, double? value, double? lowest)
    {
        var reading = condition.Read(
            state,
            lowest,
            () => StateDistribution.Of(state, StateDistribution.DecisionDraws),
            out var probability
        );
        V1.ConditionPreview preview = new()
        {
            Country = country,
            Reading = reading switch
            {
                ConditionReading.Met => Reading.Met,
                ConditionReading.Unknown => Reading.Unknown,
                _ => Reading.NotMet,
            },
        };
        if (value is { } now)
        {
            preview.Value = now;
        }

        if (lowest is { } low)
        {
            preview.Lowest = low;
        }

        if (probability is { } sure)
        {
            preview.Probability = sure;
        }

        return preview;
    }

    private (V1.Threshold Threshold, ChosenFramework Framework) Checked(V1.Threshold threshold)
    {
        List<CatalogueFault> faults = [];
        new ThresholdRules(threshold, catalogue.Current, countries.All, faults).Check();
        return faults.Count == 0
            ? (threshold, frameworks.Named(threshold.Framework, "threshold.framework"))
            : throw Fault.Fields(
                faults[0].Reason,
                string.Join(" ", faults.Select(fault => fault.Message)),
                faults.Select(fault =>
                    (
                        fault.Field.StartsWith("threshold", StringComparison.Ordinal) ? fault.Field : $"threshold.{fault.Field}",
                        fault.Message
                    )
                )
            );
    }
}

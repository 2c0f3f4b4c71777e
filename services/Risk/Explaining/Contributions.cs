using EarlyWarning.Risk.Countries;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Risk.Explaining;

/// <summary>What each indicator adds to a score, and which observation it comes from.</summary>
internal static class Contributions
{
    /// <summary>Lists one for each leaf, largest amount first.</summary>
    public static List<V1.Contribution> Of(CountryState state, FrameworkState framework)
    {
        var parts = new double[framework.Compiled.LeafCount];
        framework.Present.Contributions(parts);
        var list = new List<V1.Contribution>(parts.Length);
        for (var leaf = 0; leaf < parts.Length; leaf++)
        {
            list.Add(Of(state, framework, leaf, parts[leaf]));
        }

        list.Sort((a, b) => b.Amount.CompareTo(a.Amount) is not 0 and var order ? order : string.CompareOrdinal(a.Indicator, b.Indicator));
        return list;
    }

    private static V1.Contribution Of(CountryState state, FrameworkState framework, int leaf, double amount)
    {
        var info = framework.Compiled.Leaves[leaf];
        var contribution = new V1.Contribution
        {
            Indicator = info.Indicator,
            DisplayName = Mapping.IndicatorName(state.Catalogue, info.Indicator),
            Factor = framework.Compiled.Model is LogisticFramework ? "" : framework.Compiled.Nodes[info.Node].Code,
            Amount = amount,
            Unit = Mapping.Unit(state.Catalogue, info.Indicator),
        };
        if (framework.Indicator(leaf) is { Chosen: { } series } indicator)
        {
            AddObservation(contribution, framework, leaf, series);
            AddOthers(contribution, state, framework, leaf, indicator);
        }

        return contribution;
    }

    private static void AddObservation(V1.Contribution contribution, FrameworkState framework, int leaf, Series series)
    {
        if (framework.Present.LeafValue(leaf) is { } value)
        {
            contribution.Value = value;
            contribution.DefaultError = framework.Present.LeafErrorIsDefault(leaf);
            if (framework.Present.LeafStandardError(leaf) is { } error)
            {
                contribution.StandardError = error;
            }
        }
        else
        {
            contribution.Stale = true;
        }

        contribution.ObservedAt = Times.Stamp(series.Observed);
        contribution.ObservationId = series.Id;
        contribution.Source = series.Source;
        if (framework.End(leaf) is var end && end != long.MaxValue)
        {
            contribution.ValidUntil = Times.Stamp(Math.Min(end, DateTime.MaxValue.Ticks));
        }
    }

    private static void AddOthers(
        V1.Contribution contribution,
        CountryState state,
        FrameworkState framework,
        int leaf,
        IndicatorSeries indicator
    )
    {
        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var series in indicator.Present)
        {
            if (!series.IsEmpty && Ends.Of(series.Observed, Ends.Validity(framework.Compiled.Leaves[leaf])) > state.Clock)
            {
                (low, high) = (Math.Min(low, series.Value), Math.Max(high, series.Value));
                if (!ReferenceEquals(series, indicator.Chosen))
                {
                    contribution.SourcesSetAside.Add(series.Source);
                }
            }
        }

        if (contribution.SourcesSetAside.Count > 0)
        {
            contribution.Spread = high - low;
        }
    }
}

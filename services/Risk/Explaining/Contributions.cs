using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Risk.Explaining;

/// <summary>What each indicator adds to a score, and which observation it comes from.</summary>
internal static class Contributions
{
    /// <summary>Lists one for each leaf, largest amount first; the clock says which observations count.</summary>
    public static List<V1.Contribution> Of(CatalogueSnapshot catalogue, FrameworkState framework, long clock)
    {
        var parts = new double[framework.Compiled.LeafCount];
        framework.Present.Contributions(parts);
        var list = new List<V1.Contribution>(parts.Length);
        for (var leaf = 0; leaf < parts.Length; leaf++)
        {
            list.Add(Of(catalogue, framework, clock, leaf, parts[leaf]));
        }

        list.Sort((a, b) => b.Amount.CompareTo(a.Amount) is not 0 and var order ? order : string.CompareOrdinal(a.Indicator, b.Indicator));
        return list;
    }

    private static V1.Contribution Of(CatalogueSnapshot catalogue, FrameworkState framework, long clock, int leaf, double amount)
    {
        var info = framework.Compiled.Leaves[leaf];
        var contribution = new V1.Contribution
        {
            Indicator = info.Indicator,
            DisplayName = Labels.IndicatorName(catalogue, info.Indicator),
            Factor = framework.Compiled.Model is LogisticFramework ? "" : framework.Compiled.Nodes[info.Node].Code,
            Amount = amount,
            Unit = Labels.Unit(catalogue, info.Indicator),
        };
        if (framework.Indicator(leaf) is { Chosen: { } series } indicator)
        {
            AddObservation(contribution, framework, leaf, series);
            AddOthers(contribution, framework, clock, leaf, indicator);
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

        contribution.ObservedAt = Timestamps.Stamp(series.Observed);
        contribution.ObservationId = series.Id;
        contribution.Source = series.Source;
        if (framework.End(leaf) is var end && end != long.MaxValue)
        {
            contribution.ValidUntil = Timestamps.Stamp(Math.Min(end, DateTime.MaxValue.Ticks));
        }
    }

    private static void AddOthers(V1.Contribution contribution, FrameworkState framework, long clock, int leaf, IndicatorSeries indicator)
    {
        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var series in indicator.Present)
        {
            if (!series.IsEmpty && Validity.End(series.Observed, Validity.Of(framework.Compiled.Leaves[leaf])) > clock)
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

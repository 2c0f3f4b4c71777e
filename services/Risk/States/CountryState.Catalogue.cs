using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Scores;

namespace EarlyWarning.Risk.States;

/// <content>How a country takes over a catalogue.</content>
internal sealed partial class CountryState
{
    /// <summary>
    /// Takes over a catalogue. A framework whose version is the same goes on; a new version is scored from the observations that are there,
    /// and what is compared over time moves with it.
    /// </summary>
    private void Adopt(CatalogueSnapshot catalogue)
    {
        Catalogue = catalogue;
        var earlier = Frameworks.ToDictionary(framework => framework.Active.Id, StringComparer.Ordinal);
        Frameworks.Clear();
        foreach (var active in catalogue.Frameworks.Values.OrderBy(active => active.Id, StringComparer.Ordinal))
        {
            var known = earlier.GetValueOrDefault(active.Id);
            Frameworks.Add(known?.Active.Version == active.Version ? known : new FrameworkState(active, Country));
        }

        foreach (var indicator in Series.Indicators)
        {
            Place(indicator);
        }

        foreach (var framework in Frameworks)
        {
            if (earlier.GetValueOrDefault(framework.Active.Id) is { } known && known != framework)
            {
                framework.Present.Update();
                framework.Trend.Rebase(known.Trend, known.Present.Score, framework.Present.Score);
                (framework.Recorded, framework.ChangeTime) = (known.Recorded, known.ChangeTime);
            }
            else
            {
                framework.Present.Update();
            }
        }

        Thresholds.Adopt(catalogue, Frameworks);
    }

    /// <summary>Gives an indicator its places in the frameworks.</summary>
    private void Place(IndicatorSeries indicator)
    {
        indicator.TakeRange(Catalogue);
        var leaves = new int[Frameworks.Count];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Frameworks[i].Compiled.TryGetLeaf(indicator.Code, out var leaf) ? leaf : -1;
            if (leaves[i] >= 0 && Frameworks[i].Indicator(leaf) != indicator)
            {
                Frameworks[i].Attach(leaf, indicator, Clock);
            }
        }

        indicator.Leaves = leaves;
    }
}

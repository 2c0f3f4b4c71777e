using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Catalogue.States;

namespace EarlyWarning.Catalogue.Thresholds;

/// <content>By which catalogue it is judged.</content>
public sealed partial class ThresholdRules
{
    /// <summary>Judges it by a state of the catalogue, with other indicators where they are given.</summary>
    public ThresholdRules(
        V1.Threshold threshold,
        CatalogueState state,
        Countries countries,
        List<CatalogueFault> faults,
        Func<string, V1.Indicator?>? indicators = null
    )
        : this(
            threshold,
            id => state.ActiveOf(id)?.Active,
            state.Retired.ContainsKey,
            indicators ?? (code => state.Indicators.GetValueOrDefault(code)),
            countries,
            faults
        ) { }

    /// <summary>Judges it by what a silo has seen of the catalogue.</summary>
    public ThresholdRules(V1.Threshold threshold, CatalogueSnapshot snapshot, Countries countries, List<CatalogueFault> faults)
        : this(
            threshold,
            id => snapshot.Frameworks.GetValueOrDefault(id),
            snapshot.Retired.ContainsKey,
            code => snapshot.Indicators.GetValueOrDefault(code),
            countries,
            faults
        ) { }
}

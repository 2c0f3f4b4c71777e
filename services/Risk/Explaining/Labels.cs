using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Risk.Explaining;

/// <summary>What people call indicators, nodes and what a threshold watches, with its range.</summary>
internal static class Labels
{
    /// <summary>The range of what is watched.</summary>
    public static V1.Interval? Interval(StateDistribution distribution, Target target) =>
        ScoreParts.Interval(target.Leaf >= 0 ? distribution.LeafRange(target.Leaf) : distribution.Range(target.Node));

    public static string IndicatorName(CatalogueSnapshot catalogue, string code) =>
        catalogue.Indicators.TryGetValue(code, out var indicator) && indicator.DisplayName.Length > 0 ? indicator.DisplayName : code;

    public static string Unit(CatalogueSnapshot catalogue, string code) =>
        catalogue.Indicators.TryGetValue(code, out var indicator) ? indicator.Unit : "";

    /// <summary>The code of what is watched.</summary>
    public static string TargetCode(FrameworkState framework, Target target) =>
        target.Leaf >= 0 ? framework.Compiled.Leaves[target.Leaf].Indicator : ScoreParts.NodeCode(framework.Compiled, target.Node);

    /// <summary>The name of what is watched, for people.</summary>
    public static string TargetName(CatalogueSnapshot catalogue, FrameworkState framework, Target target) =>
        target.Leaf >= 0 ? IndicatorName(catalogue, TargetCode(framework, target)) : ScoreParts.NodeName(framework.Compiled, target.Node);
}

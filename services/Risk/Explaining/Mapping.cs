using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Explaining;

/// <summary>Parts of a state in the words of the contract.</summary>
internal static class Mapping
{
    private const double Confidence = 0.9;

    /// <summary>The half-width, in standard errors, of a normal distribution's middle 90 %.</summary>
    private const double HalfWidth = 1.6448536269514722;

    public static V1.Interval? Interval(ScoreState state) => Of(state.Interval(Confidence));

    /// <summary>How sure the watched value is: the node's own interval, or what the observation says of its own error.</summary>
    public static V1.Interval? Interval(ScoreState state, Target target)
    {
        if (target.Leaf < 0)
        {
            return Of(state.NodeInterval(target.Node, Confidence));
        }

        var error = state.LeafStandardError(target.Leaf);
        return state.LeafValue(target.Leaf) is { } value && error > 0
            ? new() { Lower = value - (HalfWidth * error), Upper = value + (HalfWidth * error), Probability = Confidence, Method = "standard-error" }
            : null;
    }

    private static V1.Interval? Of(ScoreInterval? interval) => interval is { } known
        ? new() { Lower = known.Low, Upper = known.High, Probability = Confidence, Method = known.Method }
        : null;

    public static string IndicatorName(CatalogueSnapshot catalogue, string code)
        => catalogue.Indicators.TryGetValue(code, out var indicator) && indicator.DisplayName.Length > 0 ? indicator.DisplayName : code;

    public static string Unit(CatalogueSnapshot catalogue, string code)
        => catalogue.Indicators.TryGetValue(code, out var indicator) ? indicator.Unit : "";
}

using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Explaining;

/// <summary>Parts of a state in the words of the contract.</summary>
internal static class Mapping
{
    private const double Confidence = 0.9;

    public static V1.Interval? Interval(ScoreState state) => state.Interval(Confidence) is { } interval
        ? new() { Lower = interval.Low, Upper = interval.High, Probability = Confidence, Method = interval.Method }
        : null;

    public static string IndicatorName(CatalogueSnapshot catalogue, string code)
        => catalogue.Indicators.TryGetValue(code, out var indicator) && indicator.DisplayName.Length > 0 ? indicator.DisplayName : code;

    public static string Unit(CatalogueSnapshot catalogue, string code)
        => catalogue.Indicators.TryGetValue(code, out var indicator) ? indicator.Unit : "";
}

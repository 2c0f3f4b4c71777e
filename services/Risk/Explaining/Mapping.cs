using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Simulating;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Explaining;

/// <summary>Parts of a state in the words of the contract.</summary>
internal static class Mapping
{
    private const double Confidence = Simulator.Confidence;

    /// <summary>The half-width, in standard errors, of a normal distribution's middle 90 %.</summary>
    private const double HalfWidth = 1.6448536269514722;

    /// <summary>How sure a score is: by simulation where one of the score as it is has been done, else by propagation of errors.</summary>
    public static V1.Interval? Interval(FrameworkState framework)
        => framework.Simulation is { } simulation
            ? new()
            {
                Lower = simulation.Distribution.Low,
                Upper = simulation.Distribution.High,
                Probability = Confidence,
                Method = "monte-carlo",
                Revision = simulation.Position,
            }
            : Of(framework.Present.Interval(Confidence));

    /// <summary>The probabilities of the levels by the simulation of the score as it is.</summary>
    public static IEnumerable<V1.LevelProbability> Levels(FrameworkState framework)
        => framework.Simulation is { } simulation
            ? framework.Compiled.Model.Bands.Zip(simulation.Distribution.Levels, (band, level) => new V1.LevelProbability
            {
                Level = band.Name,
                Probability = level.Value,
                StandardError = level.StandardError,
            })
            : [];

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

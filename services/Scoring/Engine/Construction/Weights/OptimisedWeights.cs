using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Weights;

/// <summary>What a search for weights found.</summary>
/// <param name="Codes">The elements whose weights were sought.</param>
/// <param name="Weights">Their weights, 0 or more, which sum to 1 over all of them.</param>
/// <param name="Correlations">The correlation of each with the index under those weights.</param>
/// <param name="Objective">The value that was made small.</param>
/// <param name="Evaluations">How many sets of weights were tried.</param>
/// <param name="Converged">Whether the tolerance was met.</param>
public sealed record OptimisedWeights(
    ImmutableArray<string> Codes,
    ImmutableArray<double> Weights,
    ImmutableArray<double> Correlations,
    double Objective,
    int Evaluations,
    bool Converged
)
{
    /// <summary>
    /// Gets by how much the correlation furthest from what was wanted misses it, both as shares of their sums; 0 where nothing was wanted
    /// of each.
    /// </summary>
    public double Shortfall { get; init; }

    /// <summary>Puts the weights into a framework, as given ones.</summary>
    /// <param name="framework">A framework that has the elements.</param>
    /// <returns>The framework with the weights.</returns>
    public CompositeFramework ApplyTo(CompositeFramework framework)
    {
        ArgumentNullException.ThrowIfNull(framework);
        var weights = Codes.Zip(Weights).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return framework with { Root = (Node)Weighted(framework.Root, weights) };
    }

    private static Element Weighted(Element element, Dictionary<string, double> weights)
    {
        var own = weights.TryGetValue(element.Code, out var weight) ? element with { Weight = weight } : element;
        if (own is not Node node)
            return own;
        return node with
        {
            Weighting = node.Children.Any(child => weights.ContainsKey(child.Code)) ? Weighting.Given : node.Weighting,
            Children = [.. node.Children.Select(child => Weighted(child, weights))],
        };
    }
}

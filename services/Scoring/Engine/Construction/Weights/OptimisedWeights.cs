using System.Collections.Immutable;

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
}

using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Catalogue.Scores;

/// <summary>What the draws of a state say that its point figures do not: ranges and probabilities. Immutable.</summary>
/// <param name="Nodes">The range of each node; <see langword="null"/> without a score, and where errors are mostly not known.</param>
/// <param name="Levels">The probability of each level; empty where they are not known.</param>
/// <param name="LikeliestLevel">The level with the highest probability; -1 where they are not known.</param>
public sealed record ScoreRanges(ImmutableArray<NodeRange?> Nodes, ImmutableArray<ProbabilityEstimate> Levels, int LikeliestLevel)
{
    /// <summary>Draws the distribution of a state, up to date and not changed meanwhile.</summary>
    public static ScoreRanges Of(ScoreState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var distribution = StateDistribution.Of(state);
        var nodes = new NodeRange?[state.Framework.Nodes.Length];
        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = distribution.Range(node);
        }

        return new([.. nodes], distribution.Levels, distribution.LikeliestLevel);
    }
}

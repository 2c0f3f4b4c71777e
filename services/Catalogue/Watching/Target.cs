using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Catalogue.Watching;

/// <summary>What a threshold watches within a framework: a node (the root is the framework's score) or an indicator's raw value.</summary>
/// <param name="Node">The node's number; -1 for an indicator.</param>
/// <param name="Leaf">The leaf's number; -1 for a node.</param>
public readonly record struct Target(int Node, int Leaf)
{
    /// <summary>Finds a target by its code; an empty one is the framework's score.</summary>
    public static Target? Find(CompiledFramework framework, string code)
    {
        ArgumentNullException.ThrowIfNull(framework);
        ArgumentNullException.ThrowIfNull(code);
        return code.Length == 0 ? new(framework.Root, -1)
            : framework.TryGetNode(code, out var node) ? new(node, -1)
            : framework.TryGetLeaf(code, out var leaf) ? new(-1, leaf)
            : null;
    }

    /// <summary>Its value in a state; <see langword="null"/> where its data do not suffice.</summary>
    public double? Value(ScoreState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Leaf >= 0 ? state.LeafValue(Leaf) : state.NodeScore(Node);
    }

    /// <summary>The share of its weight that has valid data.</summary>
    public double Coverage(ScoreState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Leaf >= 0
            ? state.LeafValue(Leaf) is null
                ? 0
                : 1
            : state.NodeCoverage(Node);
    }

    /// <summary>The leaves that move it.</summary>
    public (int First, int Count) Leaves(CompiledFramework framework)
    {
        ArgumentNullException.ThrowIfNull(framework);
        return Leaf >= 0 ? (Leaf, 1) : (framework.Nodes[Node].FirstLeaf, framework.Nodes[Node].LeafCount);
    }

    /// <summary>
    /// The probability that its true value is at or above a value; <see langword="null"/> where errors are mostly not known.
    /// </summary>
    public double? ProbabilityAtLeast(StateDistribution distribution, double value)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        return Leaf >= 0 ? distribution.LeafAtLeast(Leaf, value) : distribution.AtLeast(Node, value);
    }
}

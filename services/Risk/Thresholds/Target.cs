using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>What a threshold watches within a framework: a node (the root is the framework's score) or an indicator's raw value.</summary>
/// <param name="Node">The node's number; -1 for an indicator.</param>
/// <param name="Leaf">The leaf's number; -1 for a node.</param>
internal readonly record struct Target(int Node, int Leaf)
{
    public static Target? Find(CompiledFramework framework, string code)
        => code.Length == 0 ? new(framework.Root, -1)
        : framework.TryGetNode(code, out var node) ? new(node, -1)
        : framework.TryGetLeaf(code, out var leaf) ? new(-1, leaf)
        : null;

    public double? Value(ScoreState state) => Leaf >= 0 ? state.LeafValue(Leaf) : state.NodeScore(Node);

    public double Coverage(ScoreState state) => Leaf >= 0 ? state.LeafValue(Leaf) is null ? 0 : 1 : state.NodeCoverage(Node);

    /// <summary>The leaves that move it.</summary>
    public (int First, int Count) Leaves(CompiledFramework framework)
        => Leaf >= 0 ? (Leaf, 1) : (framework.Nodes[Node].FirstLeaf, framework.Nodes[Node].LeafCount);

    /// <summary>
    /// The probability that the true value is at or above a value: of an indicator from its own error, of a node from a fixed number of draws, which
    /// the seed alone decides, so that a decision can be repeated.
    /// </summary>
    public double ProbabilityAtLeast(ScoreState state, double value, ulong seed)
        => Leaf >= 0 ? state.LeafProbabilityAtLeast(Leaf, value) ?? 0 : MonteCarlo.ProbabilityAtLeast(state, Node, value, seed)?.Value ?? 0;
}

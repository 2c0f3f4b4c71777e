using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Scoring.WhatIf;

/// <summary>What a threshold looks at in a framework.</summary>
/// <param name="Node">The node's number; -1 for an indicator.</param>
/// <param name="Leaf">The leaf's number; -1 for a node.</param>
internal readonly record struct WatchedValue(int Node, int Leaf)
{
    /// <summary>Finds a target by its code; an empty one is the framework's score.</summary>
    public static WatchedValue? Find(CompiledFramework framework, string code)
        => code.Length == 0 ? new(framework.Root, -1)
        : framework.TryGetNode(code, out var node) ? new(node, -1)
        : framework.TryGetLeaf(code, out var leaf) ? new(-1, leaf)
        : null;

    public double? Of(ScoreState state) => Leaf >= 0 ? state.LeafValue(Leaf) : state.NodeScore(Node);

    public double Coverage(ScoreState state) => Leaf >= 0 ? state.LeafValue(Leaf) is null ? 0 : 1 : state.NodeCoverage(Node);

    /// <summary>The probability that the true value is at or above a value, as a live threshold works it out: for a node by draws from a seed.</summary>
    public double ProbabilityAtLeast(ScoreState state, double value, ulong seed)
        => Leaf >= 0 ? state.LeafProbabilityAtLeast(Leaf, value) ?? 0 : MonteCarlo.ProbabilityAtLeast(state, Node, value, seed)?.Value ?? 0;
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>
/// A framework laid out for evaluation: flat arrays in which the children of a node stand side by side, in the order in which they are
/// added up. Immutable and safe to share between any number of states and threads.
/// </summary>
public sealed class CompiledFramework
{
    /// <summary>The code of the one node of a logistic framework.</summary>
    public const string ProbabilityCode = "probability";

    private readonly FrozenDictionary<string, int> _leaves;
    private readonly FrozenDictionary<string, int> _nodes;

    private CompiledFramework(Framework model, Layout layout)
    {
        Model = model;
        Layout = layout;
        Leaves = layout.Leaves;
        Nodes = layout.Nodes;
        _leaves = Leaves.ToFrozenDictionary(leaf => leaf.Indicator, leaf => leaf.Index, StringComparer.Ordinal);
        _nodes = Nodes.ToFrozenDictionary(node => node.Code, node => node.Index, StringComparer.Ordinal);
        BandBounds = [.. model.Bands.Select(band => band.LowerBound)];
    }

    /// <summary>Gets the model that was compiled.</summary>
    public Framework Model { get; }

    /// <summary>Gets the indicators by leaf number.</summary>
    public ImmutableArray<LeafInfo> Leaves { get; }

    /// <summary>Gets the nodes by number: children before parents, the root last. A logistic framework has one, "probability".</summary>
    public ImmutableArray<NodeInfo> Nodes { get; }

    /// <summary>Gets the number of leaves.</summary>
    public int LeafCount => Leaves.Length;

    /// <summary>Gets the number of the root node.</summary>
    public int Root => Nodes.Length - 1;

    /// <summary>
    /// Gets the score of the baseline that contributions are measured from. For a composite it is "least risk", every indicator at the
    /// goalpost of least risk, which is the scale floor; for a logistic model it is "defaults", every predictor at its default, or 0
    /// without one.
    /// </summary>
    public double BaselineScore => NodeBaseline(Root);

    internal Layout Layout { get; }

    internal double[] BandBounds { get; }

    /// <summary>Compiles a framework.</summary>
    /// <param name="model">The framework.</param>
    /// <returns>The compiled form.</returns>
    /// <exception cref="InvalidModelException">The framework is invalid; the exception carries every error.</exception>
    public static CompiledFramework Compile(Framework model) =>
        TryCompile(model, out var compiled, out var errors) ? compiled : throw new InvalidModelException(errors);

    /// <summary>Compiles a framework if it is valid.</summary>
    /// <param name="model">The framework.</param>
    /// <param name="compiled">The compiled form.</param>
    /// <param name="errors">Every error; empty if it was compiled.</param>
    /// <returns>Whether it was compiled.</returns>
    public static bool TryCompile(
        Framework model,
        [NotNullWhen(true)] out CompiledFramework? compiled,
        out ImmutableArray<ModelError> errors)
    {
        errors = ModelValidator.Validate(model);
        compiled = errors.IsEmpty ? new CompiledFramework(model, Layout.Of(model)) : null;
        return compiled is not null;
    }

    /// <summary>Finds a leaf by its indicator.</summary>
    /// <param name="indicator">The indicator's code.</param>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>Whether the framework uses the indicator.</returns>
    public bool TryGetLeaf(string indicator, out int leaf) => _leaves.TryGetValue(indicator, out leaf);

    /// <summary>Finds a node by its code.</summary>
    /// <param name="code">The node's code.</param>
    /// <param name="node">The node's number.</param>
    /// <returns>Whether there is such a node.</returns>
    public bool TryGetNode(string code, out int node) => _nodes.TryGetValue(code, out node);

    /// <summary>Tells a node's score at the baseline: that of a node of resilience is 100, because there it lowers risk most.</summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The score that the node's contributions are measured from.</returns>
    public double NodeBaseline(int node) => Layout.NodePlans[node].BaselineScore;

    /// <summary>Finds the level of a score.</summary>
    /// <param name="score">A score on the framework's scale.</param>
    /// <returns>The index of the band, the lowest one for a score below it (uncapped values may leave the scale); −1 for NaN.</returns>
    public int LevelOf(double score)
    {
        if (double.IsNaN(score)) return -1;
        var level = BandBounds.Length - 1;
        while (level > 0 && score < BandBounds[level]) level--;
        return level;
    }
}

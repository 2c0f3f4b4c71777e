using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>
/// A framework laid out for evaluation: flat arrays in which the children of a node stand side by side, in the order in which they are
/// added up, with everything that the reference set decides worked out. Immutable and safe to share between any number of states and
/// threads.
/// </summary>
public sealed class CompiledFramework
{
    private readonly FrozenDictionary<string, int> _leaves;
    private readonly FrozenDictionary<string, int> _nodes;
    private readonly FrozenDictionary<string, int> _rows;
    private readonly LevelScale?[] _levels;

    private CompiledFramework(Framework model, Resolution? resolution)
    {
        Model = model;
        Resolution = resolution;
        Layout = Layout.Of(model, resolution);
        Leaves = Layout.Leaves;
        Nodes = Layout.Nodes;
        _leaves = Leaves.ToFrozenDictionary(leaf => leaf.Indicator, leaf => leaf.Index, StringComparer.Ordinal);
        _nodes = Nodes.ToFrozenDictionary(node => node.Code, node => node.Index, StringComparer.Ordinal);
        _rows = (resolution?.Units ?? [])
            .Select((unit, row) => KeyValuePair.Create(unit.Key, row))
            .ToFrozenDictionary(StringComparer.Ordinal);
        BandBounds = [.. model.Bands.Select(band => band.LowerBound)];
        _levels = new LevelScale?[Nodes.Length];
        NamedNodes = [.. model.NodeLevels.Select(levels => _nodes[levels.Node])];
        foreach (var levels in model.NodeLevels)
            _levels[_nodes[levels.Node]] = new LevelScale(levels, model);
    }

    /// <summary>Gets the model that was compiled.</summary>
    public Framework Model { get; }

    /// <summary>
    /// Gets the indicators by leaf number: those with a place in the framework in the order of the model, then those that only divide
    /// others.
    /// </summary>
    public ImmutableArray<LeafInfo> Leaves { get; }

    /// <summary>
    /// Gets the nodes by number: children before parents, the root last. A logistic framework has one, "probability"; an ensemble one for
    /// each member, and "probability" above them.
    /// </summary>
    public ImmutableArray<NodeInfo> Nodes { get; }

    /// <summary>Gets the number of leaves, those that only divide others included.</summary>
    public int LeafCount => Leaves.Length;

    /// <summary>Gets the number of leaves that have a place in the framework; those from this number on only divide others.</summary>
    public int ScoredLeafCount => Layout.ScoredLeaves;

    /// <summary>Gets the number of the root node.</summary>
    public int Root => Nodes.Length - 1;

    /// <summary>Gets a value indicating whether the framework has a reference set, and with it the baseline of its mean.</summary>
    public bool HasReference => Model is CompositeFramework { Reference: not null };

    internal Layout Layout { get; }

    /// <summary>Gets what the reference set decided; null for a regression.</summary>
    internal Resolution? Resolution { get; }

    internal double[] BandBounds { get; }

    /// <summary>Gets the nodes that decide on the level beside the root, in the order of the model.</summary>
    internal ImmutableArray<int> NamedNodes { get; }

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
        out ImmutableArray<ModelError> errors
    )
    {
        errors = ModelValidator.Validate(model, out var resolution);
        compiled = errors.IsEmpty ? new CompiledFramework(model, resolution) : null;
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

    /// <summary>Tells the ends of a node's own score: −∞ or +∞ where it has none.</summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The least and the highest score.</returns>
    public (double Low, double High) NodeRange(int node) => (Layout.NodePlans[node].Low, Layout.NodePlans[node].High);

    /// <summary>Tells whether an indicator can move a node: it is below it, or divides what is.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>Whether it can.</returns>
    public bool Reads(int node, int leaf)
    {
        ref readonly var plan = ref Layout.LeafPlans[leaf];
        if (plan.Slot >= 0 && IsBelow(plan.Slot, node))
            return true;
        foreach (var slot in plan.MoreSlots)
            if (IsBelow(slot, node))
                return true;
        foreach (var divided in plan.Divides)
            if (IsBelow(Layout.LeafPlans[divided].Slot, node))
                return true;
        return false;
    }

    /// <summary>Finds the level of a score.</summary>
    /// <param name="score">A score on the framework's scale.</param>
    /// <returns>The index of the band, the lowest one for a score below it (uncapped values may leave the scale); −1 for NaN.</returns>
    public int LevelOf(double score)
    {
        if (double.IsNaN(score))
            return -1;
        var level = BandBounds.Length - 1;
        while (level > 0 && score < BandBounds[level])
            level--;
        return level;
    }

    /// <summary>Tells where a level begins in a node that decides, or the next higher level where the node leaves that one out.</summary>
    /// <param name="node">The root, or a named node.</param>
    /// <param name="level">The index of the level in the framework's bands.</param>
    /// <returns>The lower bound; +∞ where the node reaches no such level.</returns>
    public double LevelBound(int node, int level) =>
        node == Root ? BandBounds[level] : _levels[node]?.BoundOf(level) ?? double.PositiveInfinity;

    /// <summary>The levels of a node that decides beside the root; null for any other.</summary>
    internal LevelScale? LevelsOf(int node) => _levels[node];

    /// <summary>The row of a country in the reference set, as the tables have it; −1 where it has none.</summary>
    internal int RowOf(string key) => _rows.TryGetValue(key, out var row) ? row : -1;

    internal void Require(Baseline baseline)
    {
        if (baseline != Baseline.LeastRisk && !(baseline == Baseline.ReferenceMean && HasReference))
            throw new ArgumentException($"The framework has no baseline {baseline}.", nameof(baseline));
    }

    private bool IsBelow(int slot, int node)
    {
        var owner = Layout.Owners[slot];
        while (owner >= 0 && owner != node)
            owner = Nodes[owner].Parent;
        return owner == node;
    }
}

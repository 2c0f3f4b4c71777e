using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>
/// The arrays of a compiled framework. A slot is the place of a child under its node; the slots of a node follow each other, so that a node
/// is one pass over neighbouring memory.
/// </summary>
internal sealed class Layout
{
    public required NodePlan[] NodePlans { get; init; }

    public required LeafPlan[] LeafPlans { get; init; }

    /// <summary>Gets the weight of each slot: relative for a mean, the coefficient for a regression.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Gets what each slot counts in the coverage of its node.</summary>
    public required double[] Shares { get; init; }

    /// <summary>Gets the term that takes the place of a missing one; NaN if none does.</summary>
    public required double[] Holds { get; init; }

    /// <summary>Gets the term of each slot at the baseline of contributions.</summary>
    public required double[] Baselines { get; init; }

    /// <summary>Gets the variance of a missing term.</summary>
    public required double[] MissingVariances { get; init; }

    /// <summary>Gets what stands in each slot: a node by its number, or a leaf by the complement of its number.</summary>
    public required int[] Occupants { get; init; }

    /// <summary>Gets the node that each slot belongs to.</summary>
    public required int[] Owners { get; init; }

    /// <summary>Gets, for each node, how its score counts under its parent: mirror + sign · score.</summary>
    public required (double Mirror, double Sign)[] Orientations { get; init; }

    public required ImmutableArray<LeafInfo> Leaves { get; init; }

    public required ImmutableArray<NodeInfo> Nodes { get; init; }

    public int SlotCount => Weights.Length;

    public static Layout Of(Framework model) => model switch
    {
        CompositeFramework composite => new TreeLayout(composite).Build(),
        LogisticFramework logistic => RegressionLayout.Build(logistic),
        _ => throw new ArgumentException($"There is no layout for {model.GetType().Name}.", nameof(model)),
    };
}

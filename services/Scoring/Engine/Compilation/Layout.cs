using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Imputing;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>
/// The arrays of a compiled framework. A slot is the place of a child under its node; the slots of a node follow each other, so that a node
/// is one pass over neighbouring memory.
/// </summary>
internal sealed class Layout
{
    private bool? _isLinear;

    public required NodePlan[] NodePlans { get; init; }

    public required LeafPlan[] LeafPlans { get; init; }

    /// <summary>Gets the weight of each slot: relative for a mean, the coefficient for a regression.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Gets what each slot counts in the coverage of its node.</summary>
    public required double[] Shares { get; init; }

    /// <summary>Gets the term that takes the place of a missing one; NaN if none does.</summary>
    public required double[] Holds { get; init; }

    /// <summary>Gets the value of each leaf's slot at the baseline of least risk; a node's slot has NaN.</summary>
    public required double[] LeastRisk { get; init; }

    /// <summary>Gets the value of each leaf's slot at the mean of the reference set; null without a set.</summary>
    public double[]? ReferenceMean { get; init; }

    /// <summary>Gets what stands in each slot: a node by its number, or a leaf by the complement of its number.</summary>
    public required int[] Occupants { get; init; }

    /// <summary>Gets the node that each slot belongs to.</summary>
    public required int[] Owners { get; init; }

    /// <summary>Gets, for each node, how its score counts under its parent: mirror + sign · score.</summary>
    public required (double Mirror, double Sign)[] Orientations { get; init; }

    /// <summary>Gets the leaves before this number have a place of their own; those from it on only divide others.</summary>
    public required int ScoredLeaves { get; init; }

    /// <summary>Gets the number of leaves whose values reach several slots.</summary>
    public required int SharedLeaves { get; init; }

    /// <summary>Gets what fills gaps; null where no leaf asks for it.</summary>
    public IRowImputer? Imputer { get; init; }

    /// <summary>Gets which countries have too little data for any score; null for none.</summary>
    public Screening? Screening { get; init; }

    public required ImmutableArray<LeafInfo> Leaves { get; init; }

    public required ImmutableArray<NodeInfo> Nodes { get; init; }

    public int SlotCount => Weights.Length;

    /// <summary>Gets a value indicating whether every node's mean follows from its children's means.</summary>
    public bool IsLinear => _isLinear ??= Array.TrueForAll(NodePlans, plan => plan.IsLinear);

    /// <summary>Gets a value indicating whether every value goes straight into its slots: nothing is divided and nothing imputed.</summary>
    public required bool IsDirect { get; init; }

    /// <summary>A node's score as it counts under its parent.</summary>
    public double Counted(int node, double score)
    {
        var (mirror, sign) = Orientations[node];
        return mirror + (sign * score);
    }

    public static Layout Of(Framework model, Resolution? resolution) =>
        model switch
        {
            CompositeFramework composite => new TreeLayout(composite, resolution!).Build(),
            LogisticFramework logistic => new RegressionLayout(logistic).Build(),
            EnsembleFramework ensemble => new RegressionLayout(ensemble).Build(),
            _ => throw new ArgumentException($"There is no layout for {model.GetType().Name}.", nameof(model)),
        };

    /// <summary>Gives each leaf that reaches several slots a number of its own.</summary>
    public static int NumberShared(LeafPlan[] leaves)
    {
        var count = 0;
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            var plan = leaves[leaf];
            var slots = (plan.Slot >= 0 ? 1 : 0) + plan.MoreSlots.Length + plan.Divides.Length;
            leaves[leaf] = plan with { Shared = slots > 1 ? count++ : -1 };
        }

        return count;
    }
}

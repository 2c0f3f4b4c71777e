using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>Lays out a valid tree: nodes in post-order, leaves in the order of the model and after them those that only divide.</summary>
internal sealed partial class TreeLayout
{
    /// <summary>So that a share which is a whole number of children on paper is one in floating point too.</summary>
    private const double ShareTolerance = 1e-9;

    private readonly CompositeFramework _model;
    private readonly Resolution _resolution;
    private readonly TreeOutline _outline;
    private readonly ElementRanges _reaches;

    /// <summary>By node: its first slot.</summary>
    private readonly int[] _first;

    /// <summary>By node: its slot under its parent.</summary>
    private readonly int[] _slots;

    /// <summary>By node: its share of the whole weight.</summary>
    private readonly double[] _effective;

    /// <summary>By node: whether more of it is less of what the root measures.</summary>
    private readonly bool[] _mirrored;

    private readonly int[] _leafSlots;
    private readonly double[] _leafWeights;

    public TreeLayout(CompositeFramework model, Resolution resolution)
    {
        (_model, _resolution) = (model, resolution);
        _outline = TreeOutline.Of(model);
        _reaches = new ElementRanges(model, _outline, resolution.Transforms);
        for (var node = 0; node < _outline.Nodes.Count; node++)
            _reaches.Settle(node, resolution.Weights[node], resolution.Units.Length);
        var (nodes, leaves) = (_outline.Nodes.Count, _outline.Leaves.Count);
        (_first, _slots, _effective, _mirrored) = (new int[nodes], new int[nodes], new double[nodes], new bool[nodes]);
        (_leafSlots, _leafWeights) = (new int[leaves], new double[leaves]);
        Place();
    }

    private int SlotCount => _outline.Leaves.Count + _outline.Nodes.Count - 1;

    public Layout Build()
    {
        var leaves = LeafPlans();
        var slots = Enumerable.Range(0, _outline.Nodes.Count).SelectMany(SlotsOf).ToArray();
        var weights = slots.Select(slot => slot.Weight).ToArray();
        return new Layout
        {
            NodePlans = [.. Enumerable.Range(0, _outline.Nodes.Count).Select(PlanOf)],
            LeafPlans = leaves,
            SharedLeaves = Layout.NumberShared(leaves),
            ScoredLeaves = _outline.Leaves.Count,
            IsDirect = _resolution.Imputer is null && leaves.Length == _outline.Leaves.Count && leaves.All(leaf => leaf.Denominator < 0),
            Imputer = _resolution.Imputer,
            Screening = _model.Screening,
            Weights = weights,
            Shares = weights,
            Holds = [.. slots.Select(slot => slot.Hold)],
            LeastRisk = [.. slots.Select(slot => slot.LeastRisk)],
            ReferenceMean = _model.Reference is null ? null : [.. slots.Select(slot => slot.ReferenceMean)],
            Occupants = [.. slots.Select(slot => slot.Occupant)],
            Owners = [.. slots.Select(slot => slot.Owner)],
            Orientations = [.. _outline.Nodes.Select((node, i) => node.Lowers ? (_reaches[i].Mirror, -1.0) : (0.0, 1.0))],
            Leaves = [.. LeafInfos()],
            Nodes =
            [
                .. _outline.Nodes.Select(
                    (node, i) =>
                        new NodeInfo(
                            i,
                            node.Node.Code,
                            node.Node.Name,
                            node.Parent,
                            node.FirstLeaf,
                            (node.Parent < 0 ? leaves.Length : node.EndLeaf) - node.FirstLeaf,
                            _effective[i]
                        )
                ),
            ],
        };
    }

    /// <summary>Gives out slots in the order of evaluation, and from the root down what each element is of the whole.</summary>
    private void Place()
    {
        var next = 0;
        for (var node = 0; node < _first.Length; node++)
        {
            _first[node] = next;
            next += _outline.Nodes[node].Children.Length;
        }

        var root = _first.Length - 1;
        (_slots[root], _effective[root]) = (-1, 1);
        for (var node = root; node >= 0; node--)
        {
            var (children, weights) = (_outline.Nodes[node].Children, _resolution.Weights[node]);
            var total = weights.Sum();
            for (var i = 0; i < children.Length; i++)
            {
                var (slot, part) = (_first[node] + i, _effective[node] * (weights[i] / total));
                if (children[i] < 0)
                {
                    (_leafSlots[~children[i]], _leafWeights[~children[i]]) = (slot, part);
                    continue;
                }

                (_slots[children[i]], _effective[children[i]]) = (slot, part);
                _mirrored[children[i]] = _mirrored[node] ^ _outline.Nodes[children[i]].Lowers;
            }
        }
    }

    private NodePlan PlanOf(int index)
    {
        var node = _outline.Nodes[index].Node;
        var reach = _reaches[index];

        // Summed in the order of evaluation, so that a complete node divides by exactly what it added up.
        var total = 0.0;
        foreach (var weight in _resolution.Weights[index])
            total += weight;
        var renormalise = node.Missing as RenormaliseWeights;
        var (unitLow, unitSpan) = renormalise is null ? (double.NaN, double.NaN) : UnitOf(index);
        return new NodePlan
        {
            First = _first[index],
            End = _first[index] + node.Children.Length,
            Slot = _slots[index],
            Rule = RuleOf(node),
            Link = LinkOf(node),
            TotalWeight = total,
            TotalShare = total,
            CoverageFloor = renormalise?.CoverageFloor ?? 0,
            LeastPresent = (int)Math.Ceiling(((renormalise?.PresenceFloor ?? 0) * node.Children.Length) - ShareTolerance),
            NeedsAll = node.Missing is RefuseIncomplete,
            UnitLow = unitLow,
            UnitSpan = unitSpan,
            Held = HeldOf(index),
            Low = reach.Low,
            High = reach.High,
            Copeland = node.Aggregation is Copeland copeland
                ? new CopelandPlan(_resolution.Copelands[index]!, copeland.OwnScale ? null : (_model.ScaleFloor, _model.Ceiling))
                : null,
        };
    }

    private static NodeRule RuleOf(Node node) =>
        node.Aggregation switch
        {
            MedianChild => NodeRule.Median,
            MinimumChild => NodeRule.Minimum,
            MaximumChild => NodeRule.Maximum,
            Copeland => NodeRule.Copeland,
            _ => NodeRule.Mean,
        };

    private static Link LinkOf(Node node) =>
        node.Aggregation switch
        {
            GeometricMean => Link.Logarithm,
            HarmonicMean => Link.Reciprocal,
            GeneralisedMean generalised => Link.Power(generalised.Exponent),
            _ => Link.Identity,
        };
}

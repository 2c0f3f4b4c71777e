using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>Lays out a valid tree: nodes in post-order, leaves in the order of the model.</summary>
internal sealed class TreeLayout(CompositeFramework model)
{
    private const double Ceiling = 100;

    private readonly List<Draft> _nodes = [];
    private readonly List<LeafInfo> _leaves = [];
    private readonly List<LeafPlan> _leafPlans = [];
    private int _slots;

    public Layout Build()
    {
        Visit(model.Root, mirrored: false, share: 1);
        var weights = new double[_slots];
        var holds = new double[_slots];
        var baselines = new double[_slots];
        var variances = new double[_slots];
        var occupants = new int[_slots];
        var owners = new int[_slots];
        foreach (var draft in _nodes)
        {
            var link = LinkOf(draft.Node);
            for (var i = 0; i < draft.Node.Children.Length; i++)
            {
                var slot = draft.First + i;
                weights[slot] = draft.Node.Children[i].Weight;
                holds[slot] = draft.Node.Missing is HoldValue held ? Links.Forward(link, held.Value) : double.NaN;
                baselines[slot] = Links.Forward(link, BaselineOf(draft));
                variances[slot] = Links.UniformVariance(link, model.ScaleFloor, Ceiling);
                occupants[slot] = draft.Occupants[i];
                owners[slot] = draft.Index;
            }
        }

        return new Layout
        {
            NodePlans = [.. _nodes.Select(PlanOf)],
            LeafPlans = [.. _leafPlans],
            Weights = weights,
            Shares = weights,
            Holds = holds,
            Baselines = baselines,
            MissingVariances = variances,
            Occupants = occupants,
            Owners = owners,
            Orientations = [.. _nodes.Select(draft =>
                draft.Node.Direction == Direction.Lowers ? (model.ScaleFloor + Ceiling, -1.0) : (0.0, 1.0))],
            Leaves = [.. _leaves],
            Nodes = [.. _nodes.Select(draft => new NodeInfo(
                draft.Index, draft.Node.Code, draft.Node.Name, draft.Parent, draft.FirstLeaf, draft.LeafCount, draft.Share))],
        };
    }

    private static Link LinkOf(Node node) => node.Aggregation is GeometricMean ? Link.Logarithm : Link.Identity;

    private Draft Visit(Node node, bool mirrored, double share)
    {
        var draft = new Draft(node, mirrored, share) { FirstLeaf = _leaves.Count };
        var total = node.Children.Sum(child => child.Weight);
        var children = new Draft?[node.Children.Length];
        var leaves = new int[node.Children.Length];
        for (var i = 0; i < children.Length; i++)
        {
            var part = share * (node.Children[i].Weight / total);
            if (node.Children[i] is Node child)
            {
                children[i] = Visit(child, mirrored ^ (child.Direction == Direction.Lowers), part);
                draft.IsCapped &= children[i]!.IsCapped;
                continue;
            }

            var leaf = (Leaf)node.Children[i];
            leaves[i] = _leaves.Count;
            _leaves.Add(new LeafInfo(leaves[i], leaf.Indicator, -1, part, leaf.Validity));
            _leafPlans.Add(default);
            draft.IsCapped &= ((Goalposts)leaf.Normalisation).Capped;
        }

        // Slots are given out on the way up, so that they follow the order of evaluation.
        draft.Index = _nodes.Count;
        draft.First = _slots;
        draft.LeafCount = _leaves.Count - draft.FirstLeaf;
        draft.Occupants = new int[children.Length];
        _nodes.Add(draft);
        for (var i = 0; i < children.Length; i++, _slots++)
        {
            if (children[i] is { } child)
            {
                child.Parent = draft.Index;
                child.Slot = _slots;
                draft.Occupants[i] = child.Index;
                continue;
            }

            draft.Occupants[i] = ~leaves[i];
            _leaves[leaves[i]] = _leaves[leaves[i]] with { Node = draft.Index };
            _leafPlans[leaves[i]] = PlanOf((Leaf)node.Children[i]);
        }

        return draft;
    }

    private LeafPlan PlanOf(Leaf leaf)
    {
        var (low, high, capped) = (Goalposts)leaf.Normalisation;
        var span = Ceiling - model.ScaleFloor;
        return leaf.Direction == Direction.Lowers
            ? new LeafPlan(_slots, low, high - low, Ceiling, -span, capped)
            : new LeafPlan(_slots, low, high - low, model.ScaleFloor, span, capped);
    }

    private NodePlan PlanOf(Draft draft)
    {
        // Summed in the order of evaluation, so that a complete node divides by exactly what it added up.
        var total = 0.0;
        foreach (var child in draft.Node.Children) total += child.Weight;
        return new NodePlan(
            draft.First,
            draft.First + draft.Node.Children.Length,
            draft.Slot,
            LinkOf(draft.Node),
            0,
            total,
            total,
            draft.Node.Missing is RenormaliseWeights renormalise ? renormalise.CoverageFloor : 0,
            draft.Node.Missing is RefuseIncomplete,
            draft.IsCapped ? model.ScaleFloor : double.NegativeInfinity,
            draft.IsCapped ? Ceiling : double.PositiveInfinity,
            Links.Forward(LinkOf(draft.Node), BaselineOf(draft)),
            BaselineOf(draft));
    }

    /// <summary>The value of least risk: under a mirrored node that is the top of the scale.</summary>
    private double BaselineOf(Draft draft) => draft.Mirrored ? Ceiling : model.ScaleFloor;

    /// <summary>What is known of a node while the tree is walked.</summary>
    private sealed class Draft(Node node, bool mirrored, double share)
    {
        public Node Node { get; } = node;

        public bool Mirrored { get; } = mirrored;

        public double Share { get; } = share;

        public bool IsCapped { get; set; } = true;

        public int Index { get; set; }

        public int Parent { get; set; } = -1;

        public int Slot { get; set; } = -1;

        public int First { get; set; }

        public int FirstLeaf { get; init; }

        public int LeafCount { get; set; }

        public int[] Occupants { get; set; } = [];
    }
}

using EarlyWarning.Scoring.Engine.Aggregating;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// Makes the plan of one country under one framework. What no draw can change is taken from the country's state as it is, to the last bit,
/// so that only what differs is worked out again.
/// </summary>
internal sealed class DrawPlanBuilder
{
    /// <summary>A node that was not visited yet.</summary>
    private const int Unknown = -2;

    private readonly AggregateState _state;
    private readonly Layout _layout;
    private readonly LeafDraws _leaves;
    private readonly DrawnWeights _weights;
    private readonly MissingDraws _missing;
    private readonly List<DrawnNode> _nodes = [];

    /// <summary>By node: its number among the drawn ones, −1 if it is the same in all draws.</summary>
    private readonly int[] _numbers;

    /// <summary>By node: how many missing leaves below it have a value in the draws.</summary>
    private readonly int[] _filled;

    public DrawPlanBuilder(AggregateState state, LeafDraws leaves, DrawnWeights weights, MissingDraws missing)
    {
        (_state, _layout, _leaves, _weights, _missing) = (state, state.Framework.Layout, leaves, weights, missing);
        (_numbers, _filled) = (new int[_layout.NodePlans.Length], new int[_layout.NodePlans.Length]);
        Array.Fill(_numbers, Unknown);
    }

    /// <summary>Gets what is drawn so far, children before parents.</summary>
    public DrawnNode[] Nodes => [.. _nodes];

    /// <summary>Makes the plan for a node.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="score">Its score.</param>
    /// <param name="deciding">The nodes beside it that decide the level, with their scores.</param>
    public DrawPlan Build(int node, double score, IEnumerable<(int Node, double Score)> deciding)
    {
        var number = Visit(node);
        DecidingNode[] beside =
        [
            .. deciding.Select(one => new DecidingNode(_state.Framework.LevelsOf(one.Node)!, Visit(one.Node), one.Score)),
        ];
        return new DrawPlan(Nodes, number, score) { Deciding = beside };
    }

    /// <summary>Adds a node after those below it.</summary>
    /// <returns>Its number; −1 if it is the same in all draws.</returns>
    public int Visit(int node)
    {
        if (_numbers[node] == Unknown)
            _numbers[node] = Add(node);
        return _numbers[node];
    }

    private int Add(int node)
    {
        var plan = _layout.NodePlans[node];
        var children = new List<DrawnChild>(plan.End - plan.First);
        var (differs, incomplete, absent) = (false, false, false);
        var held = plan.Held is { } value ? _leaves.Held(node, value) : null;
        for (var slot = plan.First; slot < plan.End; slot++)
        {
            var child = Child(node, plan, slot, held);
            differs |= !child.IsConstant || (child.DrawnWeight >= 0 && !child.IsMissing);
            incomplete |= plan.NeedsAll && _layout.Shares[slot] != 0 && child.IsMissing;
            absent |= child.IsMissing && child.Weight != 0;
            children.Add(child);
        }

        // Without a draw for what is missing there are the same data in a draw as in the state, and so no score where it has none.
        if (incomplete || (_filled[node] == 0 && double.IsNaN(_state.AggregateOf(node))))
            return -1;
        var missing = absent && plan.DrawsMissing ? _missing.Of(node, plan) : null;
        if (!differs && missing is null)
            return -1;
        if (missing is null)
            children.RemoveAll(child => !IsNeeded(plan, child));
        _nodes.Add(new DrawnNode(plan, [.. children], _state.Row, missing));
        return _nodes.Count - 1;
    }

    /// <summary>
    /// Regressions and Copeland's method know their children by their places; the others do without those that do not count.
    /// </summary>
    private static bool IsNeeded(NodePlan plan, DrawnChild child) =>
        plan.Rule is NodeRule.Regression or NodeRule.Copeland || (child.Weight != 0 && !child.IsMissing);

    private DrawnChild Child(int node, NodePlan plan, int slot, DrawnLeaf? held)
    {
        var child = new DrawnChild { Weight = _layout.Weights[slot], DrawnWeight = _weights.BySlot[slot] };
        var occupant = _layout.Occupants[slot];
        double value;
        if (occupant < 0)
        {
            if (_leaves.Draw(~occupant) is { } leaf)
            {
                if (_state.LeafInput(~occupant) is null)
                    _filled[node]++;
                return child with { Leaf = leaf };
            }

            value = ValueOf(~occupant);
        }
        else
        {
            var drawn = Visit(occupant);
            _filled[node] += _filled[occupant];
            if (drawn >= 0)
            {
                var (mirror, sign) = _layout.Orientations[occupant];
                return child with { Node = drawn, Mirror = mirror, Sign = sign };
            }

            value = _layout.Counted(occupant, _state.AggregateOf(occupant));
        }

        if (!double.IsNaN(value))
            return child with { Term = Lanes.Bend(plan.Link, value) };
        return held is null ? child with { Term = _layout.Holds[slot] } : child with { Leaf = held };
    }

    /// <summary>The value of a leaf that is the same in all draws, on the scale of its node.</summary>
    private double ValueOf(int leaf) => _state.LeafInput(leaf) is { } input ? _layout.LeafPlans[leaf].Scale(input) : double.NaN;
}

using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// Makes the plan of one country under one framework. What no draw can change is taken from the country's state as it is, to the last bit, so that
/// only what differs is worked out again.
/// </summary>
internal sealed class DrawPlanBuilder
{
    private readonly ScoreState _state;
    private readonly Layout _layout;
    private readonly LeafDraws _leaves;
    private readonly DrawnWeights _weights;
    private readonly List<DrawnNode> _nodes = [];

    /// <summary>How many missing leaves have a value in the draws.</summary>
    private int _filled;

    public DrawPlanBuilder(ScoreState state, LeafDraws leaves, DrawnWeights weights) =>
        (_state, _layout, _leaves, _weights) = (state, state.Framework.Layout, leaves, weights);

    /// <summary>Makes the plan for a node.</summary>
    public DrawPlan Build(int node)
    {
        if (_state.NodeScore(node) is not { } score) return new DrawPlan([], double.NaN);
        var drawn = Visit(node);
        return drawn >= 0 ? new DrawPlan([.. _nodes], double.NaN) : new DrawPlan([], score);
    }

    /// <summary>Adds a node after those below it.</summary>
    /// <returns>Its number; −1 if it is the same in all draws.</returns>
    private int Visit(int node)
    {
        var (nodes, filled) = (_nodes.Count, _filled);
        if (Add(node) && (_filled > filled || _state.NodeScore(node) is not null)) return _nodes.Count - 1;

        // Without a draw for what is missing there are the same data in a draw as in the state, and so no score where it has none.
        _nodes.RemoveRange(nodes, _nodes.Count - nodes);
        return -1;
    }

    private bool Add(int node)
    {
        var plan = _layout.NodePlans[node];
        var children = new List<DrawnChild>(plan.End - plan.First);
        var differs = false;
        for (var slot = plan.First; slot < plan.End; slot++)
        {
            var child = Child(plan, slot);
            differs |= !child.IsConstant || (child.DrawnWeight >= 0 && !child.IsMissing);
            if (plan.NeedsAll && _layout.Shares[slot] != 0 && child.IsMissing) return false;
            if (IsNeeded(plan, child)) children.Add(child);
        }

        if (differs) _nodes.Add(new DrawnNode(plan, [.. children], _state.Row));
        return differs;
    }

    /// <summary>Regressions and Copeland's method know their children by their places; the others do without those that do not count.</summary>
    private static bool IsNeeded(NodePlan plan, DrawnChild child) =>
        plan.Rule is NodeRule.Regression or NodeRule.Copeland || (child.Weight != 0 && !child.IsMissing);

    private DrawnChild Child(NodePlan plan, int slot)
    {
        var child = new DrawnChild { Weight = _layout.Weights[slot], DrawnWeight = _weights.BySlot[slot] };
        var occupant = _layout.Occupants[slot];
        double value;
        if (occupant < 0)
        {
            if (_leaves.Draw(~occupant) is { } leaf)
            {
                if (_state.LeafInput(~occupant) is null) _filled++;
                return child with { Leaf = leaf };
            }

            value = _state.LeafScore(~occupant) ?? double.NaN;
        }
        else
        {
            var (mirror, sign) = _layout.Orientations[occupant];
            var drawn = Visit(occupant);
            if (drawn >= 0) return child with { Node = drawn, Mirror = mirror, Sign = sign };
            value = _state.NodeScore(occupant) is { } score ? mirror + (sign * score) : double.NaN;
        }

        return child with { Term = double.IsNaN(value) ? _layout.Holds[slot] : Lanes.Bend(plan.Link, value) };
    }
}

using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>Where the values of every element can lie, from the leaves' transforms upwards.</summary>
internal sealed class ElementRanges
{
    private readonly CompositeFramework _model;
    private readonly TreeOutline _outline;
    private readonly ElementRange[] _leaves;
    private readonly ElementRange[] _nodes;

    /// <summary>Initializes a new instance of the <see cref="ElementRanges"/> class that knows the leaves.</summary>
    public ElementRanges(CompositeFramework model, TreeOutline outline, Transform[] transforms)
    {
        (_model, _outline) = (model, outline);
        _leaves = [.. outline.Leaves.Select((leaf, i) => OfLeaf(leaf.Leaf.Normalisation, transforms[i]))];
        _nodes = new ElementRange[outline.Nodes.Count];
    }

    private ElementRange Framework => new(_model.ScaleFloor, _model.Ceiling, _model.ScaleFloor, _model.Ceiling);

    /// <summary>The reach of a node's own score, once it is settled.</summary>
    public ElementRange this[int node] => _nodes[node];

    /// <summary>The reach of a child as it counts in its node.</summary>
    /// <param name="child">A node by its number, or a leaf by the complement of its number.</param>
    public ElementRange Counted(int child) =>
        child < 0 ? _leaves[~child]
        : _outline.Nodes[child].Lowers ? _nodes[child].Turned
        : _nodes[child];

    /// <summary>Settles a node whose children are settled.</summary>
    /// <param name="node">Its number.</param>
    /// <param name="weights">Its children's weights.</param>
    /// <param name="units">How many units the reference set has.</param>
    /// <returns>Its reach.</returns>
    public ElementRange Settle(int node, double[] weights, int units)
    {
        var outlined = _outline.Nodes[node];
        if (outlined.Node.Aggregation is Copeland copeland)
            return _nodes[node] = copeland.OwnScale ? new(1 - units, units - 1, 1 - units, units - 1) : Framework;
        ElementRange? whole = null;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            var child = Counted(outlined.Children[i]);
            whole = whole?.Or(child) ?? child;
        }

        var reach = whole ?? Framework;
        return _nodes[node] = outlined.Node.Missing is HoldValue { Value: var held }
            ? reach with
            {
                Low = Math.Min(reach.Low, held),
                High = Math.Max(reach.High, held),
            }
            : reach;
    }

    private ElementRange OfLeaf(Normalisation method, Transform transform) =>
        method switch
        {
            ZScore or AsIs => new(transform.Low, transform.High, double.NegativeInfinity, double.PositiveInfinity),
            MinMax { OwnScale: true } own => new(transform.Low, transform.High, own.Low, own.High),
            Goalposts { OwnScale: true } => new(transform.Low, transform.High, 0, 1),
            { OwnScale: true } => new(transform.Low, transform.High, transform.Low, transform.High),
            _ => new(transform.Low, transform.High, _model.ScaleFloor, _model.Ceiling),
        };
}

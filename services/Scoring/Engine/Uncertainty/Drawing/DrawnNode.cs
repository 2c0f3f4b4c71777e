using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>A node whose score differs from draw to draw, in one country. A mean has those children only that count.</summary>
internal sealed class DrawnNode
{
    private readonly NodePlan _plan;
    private readonly DrawnChild[] _children;
    private readonly double[] _weights;

    /// <summary>By child: the number of its drawn weight; −1 where its weight is fixed.</summary>
    private readonly int[] _drawnWeights;
    private readonly bool _drawsWeights;
    private readonly int _row;

    public DrawnNode(NodePlan plan, DrawnChild[] children, int row)
    {
        (_plan, _children, _row) = (plan, children, row);
        _weights = [.. children.Select(child => child.Weight)];
        _drawnWeights = [.. children.Select(child => child.DrawnWeight)];
        _drawsWeights = Array.Exists(_drawnWeights, number => number >= 0);
    }

    public int ChildCount => _children.Length;

    /// <summary>Works a block out.</summary>
    /// <param name="number">The node's number in its plan.</param>
    /// <param name="workspace">The memory.</param>
    /// <param name="deviates">The country's deviates.</param>
    /// <param name="draws">Which draws.</param>
    /// <param name="drawnWeights">The drawn weights of the alternative.</param>
    public void Evaluate(int number, Workspace workspace, Deviate[] deviates, in DrawBlock draws, ReadOnlySpan<double> drawnWeights)
    {
        var terms = workspace.Terms(_children.Length);
        for (var i = 0; i < _children.Length; i++)
            Fill(_children[i], workspace, deviates, draws, terms.Slice(i * Workspace.Block, Workspace.Block));
        var scores = workspace.Scores(number);
        switch (_plan.Rule)
        {
            case NodeRule.Mean when _drawsWeights:
                Aggregates.Mean(terms, _weights, _drawnWeights, drawnWeights, scores);
                break;
            case NodeRule.Mean:
                Aggregates.Mean(terms, _weights, scores);
                break;
            case NodeRule.Regression:
                Aggregates.Regression(_plan, terms, _weights, scores);
                break;
            default:
                Aggregates.Ordered(_plan, terms, _weights, _drawnWeights, drawnWeights, _row, workspace, scores);
                break;
        }

        Lanes.Unbend(_plan.Link, scores);
        if (_plan.Calibration is { } calibration) Calibrate(calibration, scores);
        Lanes.Line(scores, 0, 1, _plan.Low, _plan.High, scores);
    }

    private static void Calibrate(Calibration calibration, Span<double> scores)
    {
        foreach (ref var score in scores) score = calibration.Apply(score);
    }

    private void Fill(DrawnChild child, Workspace workspace, Deviate[] deviates, in DrawBlock draws, Span<double> terms)
    {
        if (child.Leaf is { } leaf)
        {
            leaf.Fill(workspace, deviates, draws, terms);
        }
        else if (child.Node >= 0)
        {
            Lanes.Line(workspace.Scores(child.Node), child.Mirror, child.Sign, double.NegativeInfinity, double.PositiveInfinity, terms);
        }
        else
        {
            terms.Fill(child.Term);
            return;
        }

        if (_plan.Link.BendsTerms) Lanes.Bend(_plan.Link, terms);
    }
}

/// <summary>A child of a drawn node.</summary>
internal sealed record DrawnChild
{
    /// <summary>Gets its weight, or its coefficient, as it is when it is not drawn.</summary>
    public required double Weight { get; init; }

    /// <summary>Gets the number of its drawn weight; −1 where its weight is fixed.</summary>
    public int DrawnWeight { get; init; } = -1;

    /// <summary>Gets its term, the same in all draws, where neither of the following is there; NaN where it is missing.</summary>
    public double Term { get; init; }

    /// <summary>Gets the leaf that it is; null for none.</summary>
    public DrawnLeaf? Leaf { get; init; }

    /// <summary>Gets the number in the plan of the node that it is; −1 for none.</summary>
    public int Node { get; init; } = -1;

    /// <summary>Gets, for a node, where the parent's reading of its score starts.</summary>
    public double Mirror { get; init; }

    /// <summary>Gets, for a node, which way it counts.</summary>
    public double Sign { get; init; } = 1;

    /// <summary>Gets a value indicating whether it is the same in all draws.</summary>
    public bool IsConstant => Leaf is null && Node < 0;

    /// <summary>Gets a value indicating whether it is missing in all draws.</summary>
    public bool IsMissing => IsConstant && double.IsNaN(Term);
}

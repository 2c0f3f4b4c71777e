using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// A node whose score differs from draw to draw, in one country. A mean has those children only that count; one with missing children that
/// are drawn has all, with NaN for the missing ones until they are.
/// </summary>
internal sealed class DrawnNode
{
    private readonly NodePlan _plan;
    private readonly DrawnChild[] _children;
    private readonly double[] _weights;

    /// <summary>By child: the number of its drawn weight; −1 where its weight is fixed.</summary>
    private readonly int[] _drawnWeights;
    private readonly bool _drawsWeights;
    private readonly int _row;
    private readonly MissingDrawn? _missing;

    /// <summary>How many children are there; with missing ones they come first, but in Copeland's method.</summary>
    private readonly int _present;

    /// <summary>For how many children they count.</summary>
    private readonly double _count;

    public DrawnNode(NodePlan plan, DrawnChild[] children, int row, MissingDrawn? missing)
    {
        (_plan, _row, _missing) = (plan, row, missing);
        if (missing is not null && plan.Rule != NodeRule.Copeland)
            children = [.. children.Where(child => child.Weight != 0).OrderBy(child => child.IsMissing)];
        _children = children;
        _present = missing is null ? children.Length : children.Count(child => !child.IsMissing);
        var present = children.Where(child => !child.IsMissing).Select(child => child.Weight).ToArray();
        _count = present.Sum() * present.Sum() / present.Sum(weight => weight * weight);
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
        var here = _plan.Rule == NodeRule.Copeland ? _children.Length : _present;
        Aggregate(terms[..(here * Workspace.Block)], drawnWeights, workspace, scores);
        if (_missing is null)
            return;
        var missing = workspace.Missing.AsSpan();
        scores.CopyTo(missing);
        _missing.Fill(draws, _count, missing, workspace);
        if (_plan.Rule == NodeRule.Copeland)
        {
            Mix(drawnWeights, missing, scores);
            return;
        }

        if (_plan.Link.BendsTerms)
            Lanes.Bend(_plan.Link, missing);
        for (var i = _present; i < _children.Length; i++)
            missing.CopyTo(terms.Slice(i * Workspace.Block, Workspace.Block));
        Aggregate(terms, drawnWeights, workspace, scores);
    }

    private void Aggregate(ReadOnlySpan<double> terms, ReadOnlySpan<double> drawnWeights, Workspace workspace, Span<double> scores)
    {
        var count = terms.Length / Workspace.Block;
        var weights = _weights.AsSpan(0, count);
        var numbers = _drawnWeights.AsSpan(0, count);
        switch (_plan.Rule)
        {
            case NodeRule.Mean when _drawsWeights:
                Aggregates.Mean(terms, weights, numbers, drawnWeights, scores);
                break;
            case NodeRule.Mean:
                Aggregates.Mean(terms, weights, scores);
                break;
            case NodeRule.Regression:
                Aggregates.Regression(_plan, terms, weights, scores);
                break;
            default:
                Aggregates.Ordered(_plan, terms, weights, numbers, drawnWeights, _row, workspace, scores);
                break;
        }

        Lanes.Unbend(_plan.Link, scores);
        if (_plan.Calibration is { } calibration)
            Calibrate(calibration, scores);
        Lanes.Line(scores, 0, 1, _plan.Low, _plan.High, scores);
    }

    /// <summary>Moves the outcome of Copeland's method by the share of the weight that is missing.</summary>
    private void Mix(ReadOnlySpan<double> drawnWeights, ReadOnlySpan<double> missing, Span<double> scores)
    {
        for (var lane = 0; lane < scores.Length; lane++)
        {
            double absent = 0,
                whole = 0;
            for (var i = 0; i < _weights.Length; i++)
            {
                var own = _drawnWeights[i] < 0 ? _weights[i] : drawnWeights[(_drawnWeights[i] * Workspace.Block) + lane];
                whole += own;
                if (_children[i].IsMissing)
                    absent += own;
            }

            scores[lane] += absent / whole * (missing[lane] - scores[lane]);
        }
    }

    private static void Calibrate(Calibration calibration, Span<double> scores)
    {
        foreach (ref var score in scores)
            score = calibration.Apply(score);
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

        if (_plan.Link.BendsTerms)
            Lanes.Bend(_plan.Link, terms);
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

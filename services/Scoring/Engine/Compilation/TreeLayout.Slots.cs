using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <content>What each slot knows of the child in it.</content>
internal sealed partial class TreeLayout
{
    private IEnumerable<SlotDraft> SlotsOf(int index)
    {
        var (outlined, weights) = (_outline.Nodes[index], _resolution.Weights[index]);
        var hold = HoldOf(index, LinkOf(outlined.Node));
        for (var i = 0; i < outlined.Children.Length; i++)
        {
            var child = outlined.Children[i];
            var reach = _reaches.Counted(child);
            yield return new SlotDraft
            {
                Owner = index,
                Occupant = child,
                Weight = weights[i],
                Hold = hold,
                LeastRisk = child < 0 ? LeastRiskOf(~child, reach, _mirrored[index]) : double.NaN,
                ReferenceMean = child < 0 ? MeanOr(ReferenceScores(~child), LeastRiskOf(~child, reach, _mirrored[index])) : double.NaN,
            };
        }
    }

    /// <summary>The ends of a node's children together, those without a weight left out.</summary>
    private ElementRange ChildrenOf(int node)
    {
        ElementRange? whole = null;
        var (children, weights) = (_outline.Nodes[node].Children, _resolution.Weights[node]);
        for (var i = 0; i < children.Length; i++)
            if (weights[i] != 0)
                whole = whole?.Or(_reaches.Counted(children[i])) ?? _reaches.Counted(children[i]);
        return whole ?? _reaches[node];
    }

    /// <summary>
    /// The scale on which a missing child is drawn: the children's own (that of the outcome in Copeland's method, which has no values to
    /// add), or, where that has no ends, the one on which the even distribution has mean and variance of the reference set; none without a
    /// set. A value off it has to be one that the children can have.
    /// </summary>
    private (double Low, double Span) UnitOf(int node)
    {
        var reach = _resolution.Copelands[node] is null ? ChildrenOf(node) : _reaches[node];
        var (low, high) = (reach.Start, reach.End);
        if (!HasEnds(reach))
        {
            var (mean, variance) = MomentsOf(node);
            (low, high) = (mean - Math.Sqrt(3 * variance), mean + Math.Sqrt(3 * variance));
        }

        (low, high) = (Math.Clamp(low, reach.Low, reach.High), Math.Clamp(high, reach.Low, reach.High));
        return high > low ? (low, high - low) : (double.NaN, double.NaN);
    }

    /// <summary>Mean and variance of a node's children over the reference set, each as it counts in the node; NaN without a set.</summary>
    private (double Mean, double Variance) MomentsOf(int node)
    {
        double mean = 0,
            square = 0,
            count = 0;
        foreach (var child in _outline.Nodes[node].Children)
        {
            var (centre, variance) = child < 0 ? SampleMomentsOf(~child) : MomentsOf(child);
            if (double.IsNaN(variance))
                continue;
            if (child >= 0 && _outline.Nodes[child].Lowers)
                centre = _reaches[child].Mirror - centre;
            (mean, square, count) = (mean + centre, square + variance + (centre * centre), count + 1);
        }

        return count == 0 ? (double.NaN, double.NaN) : (mean / count, Math.Max(0, (square / count) - (mean / count * (mean / count))));
    }

    private (double Mean, double Variance) SampleMomentsOf(int leaf)
    {
        var scores = ReferenceScores(leaf).Where(double.IsFinite).ToArray();
        return scores.Length > 1 ? (scores.Average(), SampleMoments.Variance(scores)) : (double.NaN, double.NaN);
    }

    /// <summary>
    /// What a node's policy holds in place of a missing child, with its spread, kept where its children can lie; null for nothing.
    /// </summary>
    private UncertainValue? HeldOf(int node)
    {
        if (_outline.Nodes[node].Node.Missing is not HoldValue held)
            return null;
        var reach = ChildrenOf(node);
        return held.Spread > 0
            ? UncertainValue.Normal(held.Value, held.Spread, new ValueRange(reach.Low, reach.High))
            : UncertainValue.Point(held.Value);
    }

    private double HoldOf(int node, Link link)
    {
        if (HeldOf(node) is not { } held)
            return double.NaN;
        var mean = held.IsExact ? held.Value : ClippedNormal.Mean(held.Value, held.Deviation, held.Low, held.High);
        return link.BendsTerms ? link.Forward(mean) : mean;
    }

    /// <summary>
    /// The end of its scale at which the root is least, or the value nearest to it that it can have; without ends the value of the
    /// reference set at which it is, and 0 without a set.
    /// </summary>
    private double LeastRiskOf(int leaf, ElementRange reach, bool mirrored)
    {
        if (HasEnds(reach))
            return Math.Clamp(mirrored ? reach.End : reach.Start, reach.Low, reach.High);
        var scores = ReferenceScores(leaf).Where(double.IsFinite).DefaultIfEmpty(0);
        return mirrored ? scores.Max() : scores.Min();
    }

    /// <summary>The leaf's values on its node's scale over the reference set, NaN where missing; none without a set.</summary>
    private IEnumerable<double> ReferenceScores(int leaf)
    {
        if (_model.Reference is not { } set)
            yield break;
        var model = _outline.Leaves[leaf].Leaf;
        foreach (var row in _resolution.Units.Length > 0 ? _resolution.Units : [.. set.Units])
        {
            var unit = set.RowOf(row.Key);
            var value = set[unit, model.Indicator];
            if (model.Denominator is { } denominator)
                value = LeafPlan.Quotient(value, set[unit, denominator.Indicator], denominator.Scale);
            yield return double.IsNaN(value) ? double.NaN : _resolution.Transforms[leaf].Apply(value);
        }
    }

    private static bool HasEnds(ElementRange reach) => double.IsFinite(reach.Start) && double.IsFinite(reach.End);

    private static double MeanOr(IEnumerable<double> values, double otherwise)
    {
        var known = values.Where(double.IsFinite).ToArray();
        return known.Length > 0 ? known.Average() : otherwise;
    }

    private sealed record SlotDraft
    {
        public required int Owner { get; init; }

        public required int Occupant { get; init; }

        public required double Weight { get; init; }

        public required double Hold { get; init; }

        public required double LeastRisk { get; init; }

        public required double ReferenceMean { get; init; }
    }
}

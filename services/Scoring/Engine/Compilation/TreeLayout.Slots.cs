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
        var link = LinkOf(outlined.Node);
        for (var i = 0; i < outlined.Children.Length; i++)
        {
            var child = outlined.Children[i];
            var reach = _reaches.Counted(child);
            yield return new SlotDraft
            {
                Owner = index,
                Occupant = child,
                Weight = weights[i],
                Hold = outlined.Node.Missing is HoldValue held ? link.BendsTerms ? link.Forward(held.Value) : held.Value : double.NaN,
                MissingVariance = child < 0 ? LeafVariance(~child, reach, link) : NodeVariance(child, reach, link),
                Centre = CentreOf(index, i, reach),
                LeastRisk = child < 0 ? LeastRiskOf(~child, reach, _mirrored[index]) : double.NaN,
                ReferenceMean = child < 0 ? MeanOr(ReferenceScores(~child), LeastRiskOf(~child, reach, _mirrored[index])) : double.NaN,
            };
        }
    }

    /// <summary>
    /// A leaf's own, on the scale of addition: exact for a uniform distribution, and in proportion for another; where the values have no end, by
    /// the slope one deviation above the least.
    /// </summary>
    private double LeafVariance(int leaf, Reach reach, Link link)
    {
        var variance = _resolution.MissingVariances[leaf];
        if (!link.BendsTerms || double.IsInfinity(variance)) return variance;
        if (!IsBounded(reach))
        {
            var slope = link.ForwardSlope(reach.Low + Math.Sqrt(variance));
            return variance * slope * slope;
        }

        return reach.High > reach.Low
            ? link.UniformVariance(reach.Low, reach.High) * (variance / Link.Identity.UniformVariance(reach.Low, reach.High))
            : 0;
    }

    /// <summary>
    /// A node of which nothing is known is uniform over its values; where those have no end, it has the variance of the mean of its children.
    /// </summary>
    private double NodeVariance(int node, Reach reach, Link link)
    {
        if (IsBounded(reach)) return reach.High > reach.Low ? link.UniformVariance(reach.Low, reach.High) : 0;
        if (HasEnds(reach)) return Link.Identity.UniformVariance(reach.Start, reach.End);
        var (children, weights) = (_outline.Nodes[node].Children, _resolution.Weights[node]);
        var total = weights.Sum();
        var variance = 0.0;
        for (var i = 0; i < children.Length; i++)
        {
            var share = weights[i] / total;
            var child = children[i] < 0
                ? _resolution.MissingVariances[~children[i]]
                : NodeVariance(children[i], _reaches.Counted(children[i]), Link.Identity);
            if (share > 0) variance += share * share * child;
        }

        return variance;
    }

    /// <summary>
    /// Copeland's method compares a missing child with the others' values, so it needs one to vary about: the middle of what it can be.
    /// </summary>
    private double CentreOf(int node, int child, Reach reach)
    {
        if (_resolution.Copelands[node] is not { } table) return double.NaN;
        return IsBounded(reach)
            ? (reach.Low + reach.High) / 2
            : MeanOr(Enumerable.Range(0, table.Units).Select(unit => table.Values[(unit * table.Children) + child]), double.NaN);
    }

    /// <summary>
    /// The end of its scale at which the root is least, or the value nearest to it that it can have; without ends the value of the reference set
    /// at which it is, and 0 without a set.
    /// </summary>
    private double LeastRiskOf(int leaf, Reach reach, bool mirrored)
    {
        if (HasEnds(reach)) return Math.Clamp(mirrored ? reach.End : reach.Start, reach.Low, reach.High);
        var scores = ReferenceScores(leaf).Where(double.IsFinite).DefaultIfEmpty(0);
        return mirrored ? scores.Max() : scores.Min();
    }

    /// <summary>The leaf's values on its node's scale over the reference set, NaN where missing; none without a set.</summary>
    private IEnumerable<double> ReferenceScores(int leaf)
    {
        if (_model.Reference is not { } set) yield break;
        var model = _outline.Leaves[leaf].Leaf;
        foreach (var row in _resolution.Units.Length > 0 ? _resolution.Units : [.. set.Units])
        {
            var unit = set.RowOf(row.Key);
            var value = set[unit, model.Indicator];
            if (model.Denominator is { } denominator) value = LeafPlan.Quotient(value, set[unit, denominator.Indicator], denominator.Scale);
            yield return double.IsNaN(value) ? double.NaN : _resolution.Transforms[leaf].Apply(value);
        }
    }

    private static bool IsBounded(Reach reach) => double.IsFinite(reach.Low) && double.IsFinite(reach.High);

    private static bool HasEnds(Reach reach) => double.IsFinite(reach.Start) && double.IsFinite(reach.End);

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

        public required double MissingVariance { get; init; }

        public required double Centre { get; init; }

        public required double LeastRisk { get; init; }

        public required double ReferenceMean { get; init; }
    }
}

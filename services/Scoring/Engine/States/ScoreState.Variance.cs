using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.States;

/// <content>The variances behind an interval.</content>
public sealed partial class ScoreState
{
    private double LinearDeviation(int node)
    {
        Span<double> shared = stackalloc double[_layout.SharedLeaves];
        var variance = OwnVariance(node, shared) + SumOfSquares(shared);

        // A missing value of which nothing tells how far it varies leaves the score without bounds, not without an interval.
        return double.IsNaN(variance) ? double.PositiveInfinity : Math.Sqrt(variance);
    }

    /// <summary>
    /// The variance of a node on its scale of addition, without what values bring that reach several places: of those the deviations, with their
    /// signs, are added to <paramref name="shared"/>.
    /// </summary>
    private double OwnVariance(int node, Span<double> shared)
    {
        var plan = _layout.NodePlans[node];
        Span<double> part = stackalloc double[shared.Length];
        var sum = 0.0;
        for (var slot = plan.First; slot < plan.End; slot++)
        {
            if (_layout.Shares[slot] == 0) continue;
            part.Clear();
            var own = TermVariance(slot, plan, part);
            var slope = SlopeOf(plan, slot, plan.Rule is NodeRule.Mean or NodeRule.Regression ? 0 : Math.Sqrt(own + SumOfSquares(part)));
            sum += slope * slope * own;
            for (var i = 0; i < part.Length; i++) shared[i] += slope * part[i];
        }

        return sum;
    }

    private double TermVariance(int slot, NodePlan plan, Span<double> shared)
    {
        var missing = _layout.MissingVariances[slot];
        var occupant = _layout.Occupants[slot];
        if (double.IsNaN(_terms[slot])) return Unknown(occupant, missing, shared);
        double value, own;
        if (occupant < 0)
        {
            value = _inputs[~occupant];
            own = InputVariance(~occupant, shared);
            if (_layout.LeafPlans[~occupant].Transform is { } transform)
            {
                own *= Stretch(shared, transform.SlopeAt(value));
                value = transform.Apply(value);
            }
        }
        else
        {
            value = _layout.Counted(occupant, _scores[occupant]);
            own = OwnVariance(occupant, shared);
            own *= Stretch(shared, _layout.Orientations[occupant].Sign * _layout.NodePlans[occupant].ScoreSlope(_linears[occupant]));
        }

        if (plan.Link.BendsTerms) own *= Stretch(shared, plan.Link.ForwardSlope(value));

        // An error larger than not knowing the value at all counts as not knowing it.
        var whole = own + SumOfSquares(shared);
        if (whole > missing) own *= Stretch(shared, Math.Sqrt(missing / whole));
        return own;
    }

    /// <summary>The variance of what goes into a leaf's transform; the deviations of what is shared go to their places.</summary>
    private double InputVariance(int leaf, Span<double> shared)
    {
        ref readonly var plan = ref _layout.LeafPlans[leaf];
        var isQuotient = plan.Denominator >= 0 && !double.IsNaN(_known[leaf]);
        var own = isQuotient ? _errors[leaf] * plan.DenominatorScale / _values[plan.Denominator] : _inputErrors[leaf];
        if (isQuotient && _layout.LeafPlans[plan.Denominator].Shared is >= 0 and var divisor)
            shared[divisor] -= _errors[plan.Denominator] * _known[leaf] / _values[plan.Denominator];
        else if (isQuotient)
            own = _inputErrors[leaf];
        if (plan.Shared < 0 || double.IsNaN(_known[leaf])) return own * own;
        shared[plan.Shared] += own;
        return 0;
    }

    private double Unknown(int occupant, double missing, Span<double> shared)
    {
        if (occupant >= 0 || _layout.LeafPlans[~occupant] is not { Shared: >= 0 and var place, MoreSlots.Length: > 0 }) return missing;
        shared[place] = Math.Sqrt(missing);
        return 0;
    }

    /// <summary>How fast the node moves on its scale of addition with a child's term.</summary>
    private double SlopeOf(NodePlan plan, int slot, double deviation)
    {
        if (plan.Rule == NodeRule.Mean) return _layout.Weights[slot] / plan.TotalWeight;
        if (plan.Rule == NodeRule.Regression) return _layout.Weights[slot] + ProductSlope(plan, slot);
        if (deviation == 0) return 0;
        Span<double> terms = stackalloc double[Math.Min(OnStack, plan.End - plan.First)];
        if (terms.Length < plan.End - plan.First) terms = new double[plan.End - plan.First];
        Hold(plan, terms);
        var centre = terms[slot - plan.First];
        if (double.IsNaN(centre)) centre = _layout.Centres[slot];
        if (double.IsNaN(centre)) centre = _linears[_layout.Owners[slot]];
        return (At(plan, terms, slot, centre + deviation) - At(plan, terms, slot, centre - deviation)) / (2 * deviation);
    }

    private double At(NodePlan plan, Span<double> terms, int slot, double value)
    {
        terms[slot - plan.First] = value;
        return Combination.Ordered(plan, terms, _layout.Weights.AsSpan(plan.First, terms.Length), _row);
    }

    private double ProductSlope(NodePlan plan, int slot)
    {
        var slope = 0.0;
        foreach (var product in plan.Products)
        {
            var at = Array.IndexOf(product.Slots, slot);
            if (at < 0) continue;
            var part = product.Coefficient * product.Powers[at];
            for (var i = 0; i < product.Slots.Length; i++)
            {
                var power = product.Powers[i] - (i == at ? 1 : 0);
                if (power > 0) part *= Combination.Power(TermOrHold(product.Slots[i]), power);
            }

            if (!double.IsNaN(part)) slope += part;
        }

        return slope;
    }

    /// <summary>Multiplies deviations by a slope, and gives the square by which a variance grows with it.</summary>
    private static double Stretch(Span<double> deviations, double slope)
    {
        foreach (ref var deviation in deviations) deviation *= slope;
        return slope * slope;
    }

    private static double SumOfSquares(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value * value;
        return sum;
    }
}

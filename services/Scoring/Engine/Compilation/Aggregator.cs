using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>
/// A node's value from its children's, on the scale on which it adds up, NaN standing for a child that is left out. Source: OECD and JRC,
/// Handbook (2008), section 6.3.
/// </summary>
internal static class Aggregator
{
    public static double Linear(Layout layout, NodePlan plan, ReadOnlySpan<double> terms, int row)
    {
        var weights = layout.Weights.AsSpan(plan.First, terms.Length);
        return plan.Rule switch
        {
            NodeRule.Regression => plan.Intercept + Sum(terms, weights) + Products(plan, terms),
            NodeRule.Mean => Mean(terms, weights),
            _ => Ordered(plan, terms, weights, row),
        };
    }

    /// <summary>
    /// The node with its missing children at their mean, where they are drawn around those that are there. To Copeland's method a missing
    /// child is no value to compare, so there the whole of the others' outcome moves.
    /// </summary>
    /// <param name="layout">The layout.</param>
    /// <param name="plan">The node.</param>
    /// <param name="terms">The terms, NaN for a missing one, which is filled in.</param>
    /// <param name="row">The country's row in the reference set.</param>
    public static double Whole(Layout layout, NodePlan plan, Span<double> terms, int row)
    {
        var linear = Linear(layout, plan, terms, row);
        if (!plan.DrawsMissing || double.IsNaN(linear))
            return linear;
        var weights = layout.Weights.AsSpan(plan.First, terms.Length);
        double weight = 0,
            squares = 0,
            absent = 0;
        for (var i = 0; i < terms.Length; i++)
        {
            if (double.IsNaN(terms[i]))
            {
                absent += weights[i];
                continue;
            }

            weight += weights[i];
            squares += weights[i] * weights[i];
        }

        if (absent == 0)
            return linear;
        var mean = plan.MissingMean(linear, weight, squares);
        if (plan.Rule == NodeRule.Copeland)
            return linear + (absent / (weight + absent) * (mean - linear));
        var term = plan.TermOf(mean);
        foreach (ref var one in terms)
            if (double.IsNaN(one))
                one = term;
        return Linear(layout, plan, terms, row);
    }

    /// <summary>The rules that look at order and not at a sum.</summary>
    public static double Ordered(NodePlan plan, ReadOnlySpan<double> terms, ReadOnlySpan<double> weights, int row) =>
        plan.Rule switch
        {
            NodeRule.Median => OrderStatistics.Median(terms, weights),
            NodeRule.Minimum => OrderStatistics.Least(terms, weights),
            NodeRule.Maximum => OrderStatistics.Greatest(terms, weights),
            _ => plan.Copeland!.ScoreOf(plan.Copeland.Table.Count(terms, weights, row)),
        };

    /// <summary>What the products of a regression add; a product with a factor that is left out adds nothing.</summary>
    public static double Products(NodePlan plan, ReadOnlySpan<double> terms)
    {
        var sum = 0.0;
        foreach (var product in plan.Products)
        {
            var value = product.Coefficient;
            for (var i = 0; i < product.Slots.Length; i++)
                value *= Power(terms[product.Slots[i] - plan.First], product.Powers[i]);
            if (!double.IsNaN(value))
                sum += value;
        }

        return sum;
    }

    /// <summary>x · x · …, so that a square is the same bits as a product of two.</summary>
    public static double Power(double value, int power)
    {
        var result = value;
        for (var i = 1; i < power; i++)
            result *= value;
        return result;
    }

    private static double Sum(ReadOnlySpan<double> terms, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < terms.Length; i++)
            if (!double.IsNaN(terms[i]))
                sum += weights[i] * terms[i];
        return sum;
    }

    private static double Mean(ReadOnlySpan<double> terms, ReadOnlySpan<double> weights)
    {
        var weight = 0.0;
        for (var i = 0; i < terms.Length; i++)
            if (!double.IsNaN(terms[i]))
                weight += weights[i];
        return weight > 0 ? Sum(terms, weights) / weight : double.NaN;
    }
}

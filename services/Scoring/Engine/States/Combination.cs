using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.States;

/// <summary>
/// A node's value from its children's, on the scale on which it adds up, NaN standing for a child that is left out. Source: OECD and JRC,
/// Handbook (2008), section 6.3.
/// </summary>
internal static class Combination
{
    /// <summary>Below this share of the whole weight a difference is rounding: then weights meet half exactly.</summary>
    private const double Rounding = 1e-12;

    /// <summary>More children than this are sorted on the heap.</summary>
    private const int OnStack = 256;

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

    /// <summary>The rules that look at order and not at a sum.</summary>
    public static double Ordered(NodePlan plan, ReadOnlySpan<double> terms, ReadOnlySpan<double> weights, int row) => plan.Rule switch
    {
        NodeRule.Median => Median(terms, weights),
        NodeRule.Minimum => -Greatest(terms, weights, -1),
        NodeRule.Maximum => Greatest(terms, weights, 1),
        _ => plan.Copeland!.ScoreOf(plan.Copeland.Table.Count(terms, weights, row)),
    };

    /// <summary>What the products of a regression add; a product with a factor that is left out adds nothing.</summary>
    public static double Products(NodePlan plan, ReadOnlySpan<double> terms)
    {
        var sum = 0.0;
        foreach (var product in plan.Products)
        {
            var value = product.Coefficient;
            for (var i = 0; i < product.Slots.Length; i++) value *= Power(terms[product.Slots[i] - plan.First], product.Powers[i]);
            if (!double.IsNaN(value)) sum += value;
        }

        return sum;
    }

    /// <summary>x · x · …, so that a square is the same bits as a product of two.</summary>
    public static double Power(double value, int power)
    {
        var result = value;
        for (var i = 1; i < power; i++) result *= value;
        return result;
    }

    /// <summary>
    /// The weighted median: in rising order, the child at which the weights reach half of their sum, and the mean of it and the next where they meet
    /// half exactly.
    /// </summary>
    public static double Median(ReadOnlySpan<double> terms, ReadOnlySpan<double> weights)
    {
        Span<double> values = terms.Length <= OnStack ? stackalloc double[terms.Length] : new double[terms.Length];
        Span<double> shares = terms.Length <= OnStack ? stackalloc double[terms.Length] : new double[terms.Length];
        var (count, total) = (0, 0.0);
        for (var i = 0; i < terms.Length; i++)
        {
            if (double.IsNaN(terms[i]) || weights[i] == 0) continue;
            values[count] = terms[i];
            shares[count++] = weights[i];
            total += weights[i];
        }

        values[..count].Sort(shares[..count]);
        var (sum, half, rounding) = (0.0, total / 2, total * Rounding);
        for (var i = 0; i < count; i++)
        {
            sum += shares[i];
            if (sum < half - rounding) continue;
            return sum <= half + rounding && i + 1 < count ? (values[i] + values[i + 1]) / 2 : values[i];
        }

        return double.NaN;
    }

    private static double Sum(ReadOnlySpan<double> terms, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < terms.Length; i++)
            if (!double.IsNaN(terms[i])) sum += weights[i] * terms[i];
        return sum;
    }

    private static double Mean(ReadOnlySpan<double> terms, ReadOnlySpan<double> weights)
    {
        var weight = 0.0;
        for (var i = 0; i < terms.Length; i++)
            if (!double.IsNaN(terms[i])) weight += weights[i];
        return weight > 0 ? Sum(terms, weights) / weight : double.NaN;
    }

    private static double Greatest(ReadOnlySpan<double> terms, ReadOnlySpan<double> weights, int sign)
    {
        var greatest = double.NaN;
        for (var i = 0; i < terms.Length; i++)
            if (weights[i] != 0 && !(sign * terms[i] <= greatest) && !double.IsNaN(terms[i])) greatest = sign * terms[i];
        return greatest;
    }
}

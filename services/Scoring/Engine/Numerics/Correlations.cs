namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// How two variables go together. Pairs in which either is missing (NaN) are left out, as in R's "pairwise.complete.obs".
/// </summary>
public static class Correlations
{
    /// <summary>Pearson's product-moment correlation; NaN of fewer than two pairs or where one variable does not vary.</summary>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (left, right) = Complete(x, y);
        return OfComplete(left, right);
    }

    /// <summary>Spearman's: Pearson's of the ranks, ties at their mean rank.</summary>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (left, right) = Complete(x, y);
        return OfComplete(MeanRanks(left), MeanRanks(right));
    }

    /// <summary>
    /// Kendall's tau-b, which ties lower as they do in R's cor. Source: M. G. Kendall, "The treatment of ties in ranking problems",
    /// Biometrika 33 (1945).
    /// </summary>
    public static double Kendall(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (left, right) = Complete(x, y);
        double both = 0,
            lefts = 0,
            rights = 0;
        for (var i = 1; i < left.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (Math.Sign(left[i] - left[j]), Math.Sign(right[i] - right[j]));
                both += a * b;
                lefts += a * a;
                rights += b * b;
            }
        }

        return both / (Math.Sqrt(lefts) * Math.Sqrt(rights));
    }

    /// <summary>The rank of each value, 1 for the least; tied ones have the mean of their ranks.</summary>
    public static double[] MeanRanks(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first])
                end++;
            for (var i = first; i < end; i++)
                ranks[order[i]] = (first + 1 + end) / 2.0;
        }

        return ranks;
    }

    private static double OfComplete(double[] x, double[] y)
    {
        if (x.Length < 2)
            return double.NaN;
        var (xMean, yMean) = (SampleMoments.Mean(x), SampleMoments.Mean(y));
        double xx = 0,
            yy = 0,
            xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (left, right) = (x[i] - xMean, y[i] - yMean);
            xx += left * left;
            yy += right * right;
            xy += left * right;
        }

        return Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1);
    }

    private static (double[] X, double[] Y) Complete(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (left, right) = (new double[x.Length], new double[x.Length]);
        var count = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i]))
                continue;
            left[count] = x[i];
            right[count++] = y[i];
        }

        return (left[..count], right[..count]);
    }
}

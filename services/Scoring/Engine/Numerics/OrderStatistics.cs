namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>Weighted statistics of order, over the values that there are and have a weight.</summary>
internal static class OrderStatistics
{
    /// <summary>Below this share of the whole weight a difference is rounding: then weights meet half exactly.</summary>
    private const double Rounding = 1e-12;

    /// <summary>More values than this are sorted on the heap.</summary>
    private const int OnStack = 256;

    /// <summary>
    /// The weighted median: in rising order, the value at which the weights reach half of their sum, and the mean of it and the next where
    /// they meet half exactly.
    /// </summary>
    public static double Median(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        Span<double> sorted = values.Length <= OnStack ? stackalloc double[values.Length] : new double[values.Length];
        Span<double> shares = values.Length <= OnStack ? stackalloc double[values.Length] : new double[values.Length];
        var (count, total) = (0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]) || weights[i] == 0)
                continue;
            sorted[count] = values[i];
            shares[count++] = weights[i];
            total += weights[i];
        }

        sorted[..count].Sort(shares[..count]);
        var (sum, half, rounding) = (0.0, total / 2, total * Rounding);
        for (var i = 0; i < count; i++)
        {
            sum += shares[i];
            if (sum < half - rounding)
                continue;
            return sum <= half + rounding && i + 1 < count ? (sorted[i] + sorted[i + 1]) / 2 : sorted[i];
        }

        return double.NaN;
    }

    public static double Least(ReadOnlySpan<double> values, ReadOnlySpan<double> weights) => -Greatest(values, weights, -1);

    public static double Greatest(ReadOnlySpan<double> values, ReadOnlySpan<double> weights) => Greatest(values, weights, 1);

    private static double Greatest(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, int sign)
    {
        var greatest = double.NaN;
        for (var i = 0; i < values.Length; i++)
            if (weights[i] != 0 && !(sign * values[i] <= greatest) && !double.IsNaN(values[i]))
                greatest = sign * values[i];
        return greatest;
    }
}

namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>What describes a sample of one variable. Missing values (NaN) must be left out by the caller.</summary>
internal static class SampleMoments
{
    /// <summary>
    /// The arithmetic mean; NaN of nothing. Summed with a carried remainder, so that long columns lose no digit; of equal values it is that
    /// value, so that nothing varies about it.
    /// </summary>
    public static double Mean(ReadOnlySpan<double> sample)
    {
        if (!sample.IsEmpty && !sample.ContainsAnyExcept(sample[0]))
            return sample[0];

        // A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen" (1974).
        double sum = 0,
            remainder = 0;
        foreach (var value in sample)
        {
            var next = sum + value;
            remainder += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return (sum + remainder) / sample.Length;
    }

    /// <summary>The sample standard deviation, of n − 1 degrees of freedom; NaN of fewer than two values.</summary>
    public static double Deviation(ReadOnlySpan<double> sample) => Math.Sqrt(Variance(sample));

    /// <summary>The sample variance, of n − 1 degrees of freedom; NaN of fewer than two values.</summary>
    public static double Variance(ReadOnlySpan<double> sample)
    {
        if (sample.Length < 2)
            return double.NaN;
        var mean = Mean(sample);
        double squares = 0,
            rest = 0;
        foreach (var value in sample)
        {
            squares += (value - mean) * (value - mean);
            rest += value - mean;
        }

        return (squares - (rest * rest / sample.Length)) / (sample.Length - 1);
    }

    /// <summary>The median of values in rising order, the mean of the two middle ones where their number is even; NaN of nothing.</summary>
    public static double Median(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty)
            return double.NaN;
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>
    /// The adjusted Fisher-Pearson skewness G1; NaN of fewer than three values or of equal ones. Source: D. N. Joanes and C. A. Gill,
    /// "Comparing measures of sample skewness and kurtosis", The Statistician 47 (1998); COINr's skew.
    /// </summary>
    public static double Skewness(ReadOnlySpan<double> sample)
    {
        double n = sample.Length;
        if (n < 3)
            return double.NaN;
        var (second, third, _) = PowerSums(sample);
        return Math.Sqrt(n) * third / Math.Pow(second, 1.5) * Math.Sqrt(n * (n - 1)) / (n - 2);
    }

    /// <summary>
    /// The excess kurtosis G2; NaN of fewer than four values or of equal ones. Source: as <see cref="Skewness"/>; COINr's kurt.
    /// </summary>
    public static double Kurtosis(ReadOnlySpan<double> sample)
    {
        double n = sample.Length;
        if (n < 4)
            return double.NaN;
        var (second, _, fourth) = PowerSums(sample);
        var ratio = n * fourth / (second * second);
        return (((n + 1) * (ratio - 3)) + 6) * (n - 1) / ((n - 2) * (n - 3));
    }

    private static (double Second, double Third, double Fourth) PowerSums(ReadOnlySpan<double> sample)
    {
        var mean = Mean(sample);
        double second = 0,
            third = 0,
            fourth = 0;
        foreach (var value in sample)
        {
            var distance = value - mean;
            var square = distance * distance;
            second += square;
            third += square * distance;
            fourth += square * square;
        }

        return (second, third, fourth);
    }
}

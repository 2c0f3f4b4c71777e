namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>Beyond this many standard deviations the double next to 0 or 1 is the best answer.</summary>
    private const double Tail = 8.5;

    /// <summary>
    /// The share of the distribution below x: ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …), to about 15 digits.
    /// Source: G. Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11 (2004).
    /// </summary>
    public static double Cumulative(double x)
    {
        if (double.IsNaN(x))
            return double.NaN;
        if (x <= -Tail)
            return 0;
        if (x >= Tail)
            return 1;
        var sum = x;
        var term = x;
        for (var i = 3; ; i += 2)
        {
            term *= x * x / i;
            var next = sum + term;
            if (next == sum)
                return Math.Clamp(0.5 + (sum * Density(x)), 0, 1);
            sum = next;
        }
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}

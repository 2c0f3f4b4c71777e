namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>A normal number that is held within ends: what lies beyond an end counts as the end.</summary>
internal static class ClippedNormal
{
    /// <summary>Past this many deviations nothing is left that a double could show.</summary>
    private const double Reach = 8.5;

    private static readonly double _height = 1 / Math.Sqrt(2 * Math.PI);

    /// <summary>The mean, in closed form: μ + σ·e((low − μ)/σ) − σ·e((μ − high)/σ) with e(t) = φ(t) + t·Φ(t).</summary>
    /// <param name="mean">The mean of the whole distribution.</param>
    /// <param name="deviation">Its standard deviation; above 0.</param>
    /// <param name="low">The lower end; −∞ for none.</param>
    /// <param name="high">The upper end; +∞ for none.</param>
    /// <returns>The mean of the held number, between the ends.</returns>
    public static double Mean(double mean, double deviation, double low, double high)
    {
        var held = mean + (deviation * (Excess((low - mean) / deviation) - Excess((mean - high) / deviation)));
        return Math.Min(Math.Max(held, low), high);
    }

    /// <summary>The mean of what a standard normal number lies above −t by.</summary>
    private static double Excess(double t) =>
        t <= -Reach ? 0
        : t >= Reach ? t
        : (_height * Math.Exp(-t * t / 2)) + (t * NormalDistribution.Cumulative(t));
}

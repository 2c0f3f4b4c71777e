namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// Gamma numbers of scale 1 out of a random stream: number n of the stream is the first that is not rejected of those made for n. Source:
/// G. Marsaglia and W. W. Tsang, "A Simple Method for Generating Gamma Variables", ACM Transactions on Mathematical Software 26 (2000),
/// with its note on shapes below 1.
/// </summary>
/// <param name="shape">The shape; above 0.</param>
internal sealed class GammaDistribution(double shape)
{
    private const double LeastNormal = 2.2250738585072014e-308;

    private readonly double _d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3);

    /// <summary>Gives one number.</summary>
    /// <param name="stream">The stream; its owner is not looked at.</param>
    /// <param name="place">The number's place.</param>
    /// <returns>A number of at least the least normal one.</returns>
    public double At(RandomStream stream, int place)
    {
        var c = 1 / Math.Sqrt(9 * _d);
        for (var attempt = 1UL; ; attempt++)
        {
            var (share, test) = (stream with { Owner = attempt }).PairAt(place);
            var z = NormalQuantile.Of(share);
            var root = 1 + (c * z);
            if (root <= 0)
                continue;
            var v = root * root * root;
            if (Elementary.Log(test) >= (0.5 * z * z) + (_d * (1 - v + Elementary.Log(v))))
                continue;
            var number = _d * v;
            if (shape < 1)
                number *= Elementary.Exp(Elementary.Log((stream with { Owner = 0 }).At(place)) / shape);
            return Math.Max(number, LeastNormal);
        }
    }
}

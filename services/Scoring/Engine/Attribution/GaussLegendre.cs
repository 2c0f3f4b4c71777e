using System.Collections.Concurrent;

namespace EarlyWarning.Scoring.Engine.Attribution;

/// <summary>
/// Quadrature from 0 to 1 that is exact for polynomials of a degree up to 2 · points − 1. Source: C. F. Gauss, "Methodus nova integralium
/// valores per approximationem inveniendi" (1814); the points are the roots of the Legendre polynomial, found by Newton's method.
/// </summary>
internal static class GaussLegendre
{
    private static readonly ConcurrentDictionary<int, (double Point, double Weight)[]> _rules = new();

    /// <summary>The rule that is exact up to a degree.</summary>
    public static (double Point, double Weight)[] ForDegree(int degree) => _rules.GetOrAdd((degree / 2) + 1, Make);

    private static (double Point, double Weight)[] Make(int count)
    {
        var rule = new (double, double)[count];
        for (var i = 0; i < count; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var slope = 0.0;
            for (var round = 0; round < 100; round++)
            {
                (var value, slope) = Legendre(count, x);
                var step = value / slope;
                x -= step;
                if (Math.Abs(step) < 1e-15)
                    break;
            }

            (_, slope) = Legendre(count, x);
            rule[i] = ((1 + x) / 2, 1 / ((1 - (x * x)) * slope * slope));
        }

        return rule;
    }

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        var (before, value) = (1.0, x);
        for (var n = 2; n <= degree; n++)
            (before, value) = (value, ((((2 * n) - 1) * x * value) - ((n - 1) * before)) / n);
        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}

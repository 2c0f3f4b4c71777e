namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>
/// The functions of the draws over one lane, written down a second time without a vector: what the vectors must give to the last bit.
/// </summary>
internal static class ScalarLane
{
    private static readonly double[] _central =
    [
        3.3871328727963666080e0,
        1.3314166789178437745e+2,
        1.9715909503065514427e+3,
        1.3731693765509461125e+4,
        4.5921953931549871457e+4,
        6.7265770927008700853e+4,
        3.3430575583588128105e+4,
        2.5090809287301226727e+3,
    ];

    private static readonly double[] _belowCentral =
    [
        1,
        4.2313330701600911252e+1,
        6.8718700749205790830e+2,
        5.3941960214247511077e+3,
        2.1213794301586595867e+4,
        3.9307895800092710610e+4,
        2.8729085735721942674e+4,
        5.2264952788528545610e+3,
    ];

    private static readonly double[] _near =
    [
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ];

    private static readonly double[] _belowNear =
    [
        1,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ];

    private static readonly double[] _far =
    [
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ];

    private static readonly double[] _belowFar =
    [
        1,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ];

    public static double Log(double x)
    {
        var k = 0;
        while (x >= Math.Sqrt(2))
            (x, k) = (x / 2, k + 1);
        while (x < Math.Sqrt(0.5))
            (x, k) = (x * 2, k - 1);
        var f = x - 1;
        var s = f / (f + 2);
        var r = Polynomial([.. Enumerable.Range(1, 10).Select(i => 2.0 / ((2 * i) + 1))], s * s);
        var half = f * f * 0.5;
        var rest = Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(r, s * s, half), k * 1.90821492927058770002e-10);
        return Math.FusedMultiplyAdd(k, 6.93147180369123816490e-01, f - (half - rest));
    }

    public static double Exp(double x)
    {
        x = Math.Clamp(x, -708, 709);
        var k = Math.Round(Math.FusedMultiplyAdd(x, 1 / 0.6931471805599453, 0));
        var r = Math.FusedMultiplyAdd(-k, 1.90821492927058770002e-10, Math.FusedMultiplyAdd(-k, 6.93147180369123816490e-01, x));
        var terms = new double[14];
        var factorial = 1.0;
        for (var i = 0; i < terms.Length; i++, factorial *= i)
            terms[i] = 1 / factorial;
        return Polynomial(terms, r) * Math.ScaleB(1, (int)k);
    }

    public static double Normal(double share)
    {
        var q = share - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var middle = (0.425 * 0.425) - (q * q);
            return q * Polynomial(_central, middle) / Polynomial(_belowCentral, middle);
        }

        var r = Math.Sqrt(-Log(Math.Min(share, 1 - share)));
        var z =
            r > 5 ? Polynomial(_far, r - 5) / Polynomial(_belowFar, r - 5) : Polynomial(_near, r - 1.6) / Polynomial(_belowNear, r - 1.6);
        return q < 0 ? -z : z;
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = coefficients[^1];
        for (var i = coefficients.Length - 2; i >= 0; i--)
            sum = Math.FusedMultiplyAdd(sum, x, coefficients[i]);
        return sum;
    }
}

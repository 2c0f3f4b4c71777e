using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// Logarithm and exponential over eight lanes. They are made of the basic operations that IEEE 754 rounds correctly, fused multiplication
/// among them, in one fixed order: so they give the same bits on every machine, vectorised or not, which a platform's library does not.
/// </summary>
internal static class Elementary
{
    private const double Log2High = 6.93147180369123816490e-01;
    private const double Log2Low = 1.90821492927058770002e-10;

    /// <summary>
    /// The natural logarithm of a positive, finite, normal number, right to 1 unit in the last place: x = 2ᵏ·m with m from √½ to √2, and
    /// ln m = 2·artanh(s) by its power series, s = (m − 1) / (m + 1). What is left of the series after s²¹ is below 1e-18 of the sum.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        var rootOfHalf = Vector512.Create(0x3FE6A09E667F3BCDL);
        var exponent = (x.AsInt64() - rootOfHalf) >> 52;
        var k = Vector512.ConvertToDouble(exponent);
        var f = (x.AsInt64() - (exponent << 52)).AsDouble() - Vector512.Create(1.0);
        var s = f / (f + Vector512.Create(2.0));
        var z = s * s;
        var r = Vector512.Create(2.0 / 21);
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.0 / 19));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.0 / 17));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.0 / 15));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.0 / 13));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.0 / 11));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.0 / 9));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.0 / 7));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.0 / 5));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.0 / 3));

        // 2s + s·z·r = f − (f²/2 − s·(f²/2 + z·r)), in which the largest part, f, is exact.
        var half = f * f * Vector512.Create(0.5);
        var rest = Vector512.FusedMultiplyAdd(s, Vector512.FusedMultiplyAdd(r, z, half), k * Vector512.Create(Log2Low));
        return Vector512.FusedMultiplyAdd(k, Vector512.Create(Log2High), f - (half - rest));
    }

    /// <summary>
    /// The exponential, right to 1 unit in the last place: x = k·ln 2 + r with |r| up to ½·ln 2, and eʳ by its power series to r¹³. Below
    /// −708 and above 709 it stays at the value there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-708.0)), Vector512.Create(-708.0), x);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(709.0)), Vector512.Create(709.0), x);

        // Adding 1.5·2⁵² leaves the nearest whole number in the last bits.
        var shift = Vector512.Create(6755399441055744.0);
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1 / 0.6931471805599453), shift);
        var k = shifted - shift;
        var r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Log2High), x);
        r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Log2Low), r);
        var sum = Vector512.Create(1.0 / 6227020800);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 479001600));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 39916800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 3628800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 362880));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 40320));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 5040));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 720));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 120));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 24));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 6));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0));
        var scale = ((shifted.AsInt64() - shift.AsInt64() + Vector512.Create(1023L)) << 52).AsDouble();
        return sum * scale;
    }

    /// <summary>The logarithm of one number, the same bits as a lane's.</summary>
    public static double Log(double x) => Log(Vector512.Create(x)).ToScalar();

    /// <summary>The exponential of one number, the same bits as a lane's.</summary>
    public static double Exp(double x) => Exp(Vector512.Create(x)).ToScalar();
}

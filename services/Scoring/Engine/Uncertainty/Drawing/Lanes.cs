using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>Steps over blocks of draws.</summary>
internal static class Lanes
{
    /// <summary>Holds numbers within ends; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Clamp(Vector512<double> x, double low, double high)
    {
        var (least, greatest) = (Vector512.Create(low), Vector512.Create(high));
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, least), least, x);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, greatest), greatest, x);
    }

    /// <summary>offset + slope · x, held within ends.</summary>
    public static void Line(ReadOnlySpan<double> x, double offset, double slope, double low, double high, Span<double> result)
    {
        var (a, b) = (Vector512.Create(offset), Vector512.Create(slope));
        for (var i = 0; i < result.Length; i += Vector512<double>.Count)
        {
            var line = Vector512.FusedMultiplyAdd(b, Vector512.LoadUnsafe(in x[i]), a);
            Clamp(line, low, high).StoreUnsafe(ref result[i]);
        }
    }

    /// <summary>g of a link, in place; see <see cref="Link.Forward"/>.</summary>
    public static void Bend(Link link, Span<double> values)
    {
        for (var i = 0; i < values.Length; i += Vector512<double>.Count)
        {
            var x = Vector512.LoadUnsafe(ref values[i]);
            var bent = link.Kind == LinkKind.Logarithm ? Elementary.Log(x) : Raise(x, link.Exponent);

            // The logarithm takes numbers only: NaN would become one.
            Vector512.ConditionalSelect(Vector512.Equals(x, x), bent, x).StoreUnsafe(ref values[i]);
        }
    }

    /// <summary>h of a link, in place; see <see cref="Link.Back"/>.</summary>
    public static void Unbend(Link link, Span<double> values)
    {
        if (link.Kind == LinkKind.Identity)
            return;
        for (var i = 0; i < values.Length; i += Vector512<double>.Count)
        {
            var x = Vector512.LoadUnsafe(ref values[i]);
            var score = link.Kind switch
            {
                LinkKind.Logarithm => Elementary.Exp(x),
                LinkKind.Logit => Vector512.Create(1.0) / (Vector512.Create(1.0) + Elementary.Exp(-x)),
                _ => Raise(x, 1 / link.Exponent),
            };
            score.StoreUnsafe(ref values[i]);
        }
    }

    /// <summary>A positive number to any power.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Raise(Vector512<double> x, double exponent) =>
        exponent switch
        {
            -1 => Vector512.Create(1.0) / x,
            2 => x * x,
            0.5 => Vector512.Sqrt(x),
            _ => Elementary.Exp(Vector512.Create(exponent) * Elementary.Log(x)),
        };

    /// <summary>One child's value on the scale of addition, the same bits as a lane's.</summary>
    public static double Bend(Link link, double value)
    {
        Span<double> lanes = stackalloc double[Vector512<double>.Count];
        lanes.Fill(value);
        if (link.BendsTerms)
            Bend(link, lanes);
        return lanes[0];
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// The inverse of the standard normal distribution, algorithm PPND16: one ratio of polynomials for the middle 85 % and two for the tails,
/// of a relative accuracy of about 1e-16. Source: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution",
/// Applied
/// Statistics 37 (1988).
/// </summary>
internal static partial class NormalQuantile
{
    private const double Middle = 0.425;

    /// <summary>Turns shares, strictly between 0 and 1, into the numbers below which they lie, in place.</summary>
    /// <param name="shares">A multiple of eight of them.</param>
    /// <param name="tail">Room for eight more, whose content is lost.</param>
    /// <param name="masks">Room for an eighth of them.</param>
    public static void Apply(Span<double> shares, Span<double> tail, Span<byte> masks)
    {
        // The few shares in the tails are gathered first, so that the costlier formula runs on full vectors of them only.
        var count = 0;
        for (var i = 0; i < shares.Length; i += Vector512<double>.Count)
        {
            var share = Vector512.LoadUnsafe(ref shares[i]);
            var q = share - Vector512.Create(0.5);
            var outside = Vector512.GreaterThan(Vector512.Abs(q), Vector512.Create(Middle));
            var mask = outside.ExtractMostSignificantBits();
            masks[i / Vector512<double>.Count] = (byte)mask;
            Gather(share, outside, mask, tail[count..]);
            count += BitOperations.PopCount(mask);
            Central(q).StoreUnsafe(ref shares[i]);
        }

        tail[count..].Fill(0.01);
        for (var i = 0; i < count; i += Vector512<double>.Count)
            Tail(Vector512.LoadUnsafe(ref tail[i])).StoreUnsafe(ref tail[i]);
        count = 0;
        for (var i = 0; i < shares.Length; i += Vector512<double>.Count)
        {
            var mask = masks[i / Vector512<double>.Count];
            Scatter(tail[count..], mask, shares[i..]);
            count += BitOperations.PopCount(mask);
        }
    }

    /// <summary>The number below which one share lies, the same bits as in a batch.</summary>
    public static double Of(double share)
    {
        var q = share - 0.5;
        return (Math.Abs(q) > Middle ? Tail(Vector512.Create(share)) : Central(Vector512.Create(q))).ToScalar();
    }

    /// <summary>Puts the lanes of the mask side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(Vector512<double> lanes, Vector512<double> chosen, ulong mask, Span<double> side)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.Compress(Vector512<double>.Zero, chosen, lanes).StoreUnsafe(ref side[0]);
            return;
        }

        for (var i = 0; mask != 0; mask &= mask - 1, i++)
            side[i] = lanes.GetElement(BitOperations.TrailingZeroCount(mask));
    }

    /// <summary>Takes them back to their lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(Span<double> side, byte mask, Span<double> lanes)
    {
        if (Avx512F.IsSupported)
        {
            var bits = Vector512.Create(1UL, 2, 4, 8, 16, 32, 64, 128);
            var chosen = Vector512.Equals(Vector512.Create((ulong)mask) & bits, bits).AsDouble();
            Avx512F.Expand(Vector512.LoadUnsafe(ref lanes[0]), chosen, Vector512.LoadUnsafe(ref side[0])).StoreUnsafe(ref lanes[0]);
            return;
        }

        for (uint left = mask, i = 0; left != 0; left &= left - 1, i++)
            lanes[BitOperations.TrailingZeroCount(left)] = side[(int)i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Central(Vector512<double> q)
    {
        var r = Vector512.Create(Middle * Middle) - (q * q);
        var above = Step(
            Step(
                Step(
                    Step(
                        Step(
                            Step(Step(Vector512.Create(2509.0809287301226727), r, 33430.575583588128105), r, 67265.770927008700853),
                            r,
                            45921.953931549871457
                        ),
                        r,
                        13731.693765509461125
                    ),
                    r,
                    1971.5909503065514427
                ),
                r,
                133.14166789178437745
            ),
            r,
            3.387132872796366608
        );
        var below = Step(
            Step(
                Step(
                    Step(
                        Step(
                            Step(Step(Vector512.Create(5226.495278852854561), r, 28729.085735721942674), r, 39307.89580009271061),
                            r,
                            21213.794301586595867
                        ),
                        r,
                        5394.1960214247511077
                    ),
                    r,
                    687.1870074920579083
                ),
                r,
                42.313330701600911252
            ),
            r,
            1
        );
        return q * above / below;
    }

    /// <summary>One step of Horner's scheme.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Step(Vector512<double> sum, Vector512<double> x, double coefficient) =>
        Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(coefficient));
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// The counter-based generator Philox4x32-10: 128 random bits are a function of a 128-bit counter and a 64-bit key, so any number of a
/// stream is had without those before it, by any thread. Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel Random
/// Numbers: As Easy as 1, 2, 3", SC11 (2011).
/// </summary>
internal static class Philox
{
    /// <summary>How many counters are worked on side by side.</summary>
    public const int Lanes = 8;

    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    /// <summary>The golden ratio and √3 − 1, by which the halves of the key grow from round to round.</summary>
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The bits of one counter.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Bits(uint c0, uint c1, uint c2, uint c3, ulong key)
    {
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++, k0 += Weyl0, k1 += Weyl1)
        {
            var (p0, p1) = ((ulong)Multiplier0 * c0, (ulong)Multiplier1 * c2);
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>
    /// The bits of eight counters. Each lane of 64 bits holds a word in its lower half; what is in the upper half, before and after, is of
    /// no account.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Bits(ref Vector512<ulong> c0, ref Vector512<ulong> c1, ref Vector512<ulong> c2, ref Vector512<ulong> c3, ulong key)
    {
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++, k0 += Weyl0, k1 += Weyl1)
        {
            var (p0, p1) = (Product(c0, Multiplier0), Product(c2, Multiplier1));
            c0 = (p1 >>> 32) ^ c1 ^ Vector512.Create((ulong)k0);
            c2 = (p0 >>> 32) ^ c3 ^ Vector512.Create((ulong)k1);
            (c1, c3) = (p1, p0);
        }
    }

    /// <summary>The lower halves times a word, all 64 bits. Whole numbers are exact, so each way gives the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Product(Vector512<ulong> words, uint by)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Multiply(words.AsUInt32(), Vector512.Create(by));
        if (!Avx2.IsSupported)
            return (words & Vector512.Create(0xFFFFFFFFUL)) * by;
        var factor = Vector256.Create(by);
        return Vector512.Create(Avx2.Multiply(words.GetLower().AsUInt32(), factor), Avx2.Multiply(words.GetUpper().AsUInt32(), factor));
    }
}

using System.Runtime.Intrinsics;

namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// One endless row of uniform numbers strictly between 0 and 1: the odd multiples of 2⁻⁵³, so 52 random bits each, symmetric about ½. The
/// numbers stand in blocks of sixteen: number n is made from the counter 8·(n div 16) + n mod 8, from its first two words in the first half
/// of a block and from its last two in the second. So a number depends on the stream and its place alone.
/// </summary>
/// <param name="Key">The seed.</param>
/// <param name="Source">Which quantity is drawn: the second word of the counter.</param>
/// <param name="Owner">Whose it is: the third and the lower 24 bits of the fourth word.</param>
/// <param name="Purpose">What it is drawn for: the upper 8 bits of the fourth word.</param>
internal readonly record struct RandomStream(ulong Key, uint Source, ulong Owner, byte Purpose)
{
    /// <summary>The numbers that come from one pass over the lanes.</summary>
    public const int Block = 2 * Philox.Lanes;

    private const ulong One = 0x3FF0000000000000;
    private const double OneLess = 1 - (1.0 / (1L << 53));

    private uint Word2 => (uint)Owner;

    private uint Word3 => ((uint)(Owner >> 32) & 0xFFFFFF) | ((uint)Purpose << 24);

    /// <summary>Gives a stretch of the row.</summary>
    /// <param name="numbers">Filled; as many as a multiple of <see cref="Block"/>.</param>
    /// <param name="first">The place of the first, a multiple of <see cref="Block"/>.</param>
    public void Fill(Span<double> numbers, int first)
    {
        var counter = Vector512.Create((ulong)first / 2) + Vector512<ulong>.Indices;
        var (w1, w2, w3) = (Vector512.Create((ulong)Source), Vector512.Create((ulong)Word2), Vector512.Create((ulong)Word3));
        for (var i = 0; i + Block <= numbers.Length; i += Block)
        {
            var (x0, x1, x2, x3) = (counter, w1, w2, w3);
            Philox.Bits(ref x0, ref x1, ref x2, ref x3, Key);
            Uniform(x0, x1).StoreUnsafe(ref numbers[i]);
            Uniform(x2, x3).StoreUnsafe(ref numbers[i + Philox.Lanes]);
            counter += Vector512.Create((ulong)Philox.Lanes);
        }
    }

    /// <summary>Gives one number of the row.</summary>
    /// <param name="place">Its place, from 0.</param>
    /// <returns>The number.</returns>
    public double At(int place)
    {
        var (x0, x1, x2, x3) = Philox.Bits((uint)(((place / Block) * Philox.Lanes) + (place % Philox.Lanes)), Source, Word2, Word3, Key);
        return place % Block < Philox.Lanes ? Uniform(x0, x1) : Uniform(x2, x3);
    }

    /// <summary>Gives two independent numbers that belong to a place, other than <see cref="At"/> does.</summary>
    /// <param name="place">The place, from 0.</param>
    /// <returns>The numbers.</returns>
    public (double First, double Second) PairAt(int place)
    {
        var (x0, x1, x2, x3) = Philox.Bits((uint)place, Source, Word2, Word3, Key);
        return (Uniform(x0, x1), Uniform(x2, x3));
    }

    private static double Uniform(uint low, uint high) =>
        BitConverter.UInt64BitsToDouble(((((ulong)high << 32) | low) >> 12) | One) - OneLess;

    private static Vector512<double> Uniform(Vector512<ulong> low, Vector512<ulong> high)
    {
        var bits = (high << 32) | (low & Vector512.Create(0xFFFFFFFFUL));
        return ((bits >>> 12) | Vector512.Create(One)).AsDouble() - Vector512.Create(OneLess);
    }
}

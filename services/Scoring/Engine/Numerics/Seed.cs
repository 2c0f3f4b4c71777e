using System.Text;

namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// Seeds that follow from what a run is about, so that anyone can draw the same numbers again. A seed is the FNV-1a hash (64 bits) of the
/// parts' bytes (a number's are its eight, lowest first), each part followed by a zero byte, stirred by the last step of MurmurHash3 so
/// that neighbouring parts give unlike seeds. Sources: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash
/// Algorithm";
/// A. Appleby, MurmurHash3, fmix64.
/// </summary>
public static class Seed
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Makes the seed of all draws under a framework that name none, so that they change only when values do.</summary>
    /// <param name="framework">The framework's identifier.</param>
    /// <param name="version">The framework's version.</param>
    /// <returns>The seed, the same on every machine and in every build.</returns>
    public static ulong Of(string framework, int version) => Stir(Add(Add(Offset, framework), (ulong)version));

    /// <summary>Makes a number of a text.</summary>
    /// <param name="text">The text: a country's code, say.</param>
    /// <returns>The number, the same on every machine and in every build.</returns>
    public static ulong Of(string text) => Stir(Add(Offset, text));

    private static ulong Add(ulong hash, string text)
    {
        foreach (var octet in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ octet) * Prime;
        return hash * Prime;
    }

    private static ulong Add(ulong hash, ulong number)
    {
        for (var i = 0; i < sizeof(ulong); i++, number >>= 8)
            hash = (hash ^ (byte)number) * Prime;
        return hash * Prime;
    }

    private static ulong Stir(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }
}

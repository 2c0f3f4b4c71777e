namespace EarlyWarning.Scoring.Engine.Explanation;

/// <summary>
/// Random numbers that are a function of a counter alone, so that the same question has the same answer wherever it is asked. Source: G. L. Steele,
/// D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators" (2014), the generator SplitMix64.
/// </summary>
internal static class CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>64 random bits.</summary>
    public static ulong Bits(ulong counter)
    {
        var z = counter * Golden;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A random order of the numbers from 0, one for each draw. Source: R. A. Fisher and F. Yates (1938), as by R. Durstenfeld (1964).</summary>
    public static void Shuffle(Span<int> order, ulong draw)
    {
        for (var i = 0; i < order.Length; i++) order[i] = i;
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = (int)Math.BigMul(Bits((draw << 32) + (ulong)i), (ulong)i + 1, out _);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}

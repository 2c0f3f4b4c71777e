namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// Random numbers by counter: the same seed and counter give the same number on every machine. Source: G. L. Steele, D. Lea and C. H.
/// Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA (2014).
/// </summary>
internal readonly struct SplitMix64(ulong seed)
{
    /// <summary>The odd number closest to 2⁶⁴ over the golden ratio, by which the counter's steps are spread.</summary>
    private const ulong Step = 0x9E3779B97F4A7C15;

    public ulong At(ulong counter)
    {
        var z = seed + (Step * (counter + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 up to below the bound.</summary>
    public int Below(ulong counter, int bound) => (int)Math.BigMul(At(counter), (ulong)bound, out _);

    /// <summary>Puts the items into a random order. Source: R. Durstenfeld, "Algorithm 235: Random permutation", CACM 7 (1964).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below((ulong)i, i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

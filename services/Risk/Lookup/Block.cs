namespace EarlyWarning.Risk.Lookup;

/// <summary>What is known of the observations of some entries of a country's journal, without reading those.</summary>
/// <param name="First">The position of the first entry.</param>
/// <param name="Last">The position of the last entry.</param>
/// <param name="Oldest">The first moment that was observed, in ticks.</param>
/// <param name="Newest">The last moment that was observed, in ticks.</param>
/// <param name="Items">How many observations they hold.</param>
/// <param name="Filter">Holds the hashes of their ids and of their natural keys.</param>
internal sealed record Block(long First, long Last, long Oldest, long Newest, int Items, HashFilter Filter)
{
    /// <summary>About how many bytes it takes in memory.</summary>
    public int Bytes => Filter.Bits.Length + 120;
}

/// <summary>Where a block lies.</summary>
/// <param name="First">The position of the first entry.</param>
/// <param name="Last">The position of the last entry.</param>
/// <param name="Oldest">The first moment that was observed, in ticks.</param>
/// <param name="Newest">The last moment that was observed, in ticks.</param>
internal readonly record struct BlockSpan(long First, long Last, long Oldest, long Newest);

using EarlyWarning.Risk.Observations;

namespace EarlyWarning.Risk.Lookup;

/// <summary>
/// Makes the blocks of one country in the order of its journal. An entry of many observations is a block of its own. Entries of few share
/// one, which is written again with each of them until it is full: so a hundred thousand entries of one observation are two hundred blocks.
/// Not thread-safe.
/// </summary>
/// <param name="newest">The block that was made last; <see langword="null"/> for none.</param>
internal sealed class BlockBuilder(Block? newest)
{
    /// <summary>How many observations entries may have that share a block.</summary>
    public const int SharedItems = 512;

    /// <summary>How many positions a shared block spans at most, with what lies between: what a look into it may have to read.</summary>
    public const int SharedPositions = 1_024;

    private static readonly int s_sharedBytes = HashFilter.SizeFor(2 * SharedItems);
    private Block? _newest = newest;

    /// <summary>Takes in an entry; returns its block, which takes the place of an earlier one with the same first position.</summary>
    public Block Add(ReadOnlySpan<ObservationRow> rows, long position)
    {
        var isShared = rows.Length <= SharedItems / 2;
        var block =
            isShared && _newest is { } open && IsOpen(open, rows.Length, position)
                ? open
                : new(position, position, long.MaxValue, long.MinValue, 0, HashFilter.For(2 * (isShared ? SharedItems : rows.Length)));
        var (oldest, newest) = (block.Oldest, block.Newest);
        foreach (ref readonly var row in rows)
        {
            block.Filter.Add((ulong)row.IdHash);
            block.Filter.Add(row.Series!.KeyHash(row.Observed));
            (oldest, newest) = (Math.Min(oldest, row.Observed), Math.Max(newest, row.Observed));
        }

        return _newest = block with { Last = position, Oldest = oldest, Newest = newest, Items = block.Items + rows.Length };
    }

    private static bool IsOpen(Block block, int more, long position) =>
        block.Filter.Bits.Length == s_sharedBytes && block.Items + more <= SharedItems && position - block.First < SharedPositions;
}

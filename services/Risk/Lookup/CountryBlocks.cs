using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Lookup;

/// <summary>
/// The blocks of a country, from the taking over of its journal until that is given up: written with each entry, and looked through for
/// what comes late. Keeps one block; others are read when they are needed, and kept by a cache while that has room. Not thread-safe.
/// </summary>
internal sealed class CountryBlocks : IPastObservations
{
    private readonly string _country;
    private readonly IStore _store;
    private readonly IJournals _journals;
    private readonly BlockCache _cache;
    private readonly BlockBuilder _builder;
    private Block? _written;

    private CountryBlocks(string country, IStore store, IJournals journals, BlockCache cache, Block? newest) =>
        (_country, _store, _journals, _cache, _builder) = (country, store, journals, cache, new(newest));

    /// <summary>
    /// Opens the blocks of a journal that was taken over. One that was written before there were blocks is read through once.
    /// </summary>
    public static async Task<CountryBlocks> OpenAsync(
        string country,
        IStore store,
        IJournals journals,
        BlockCache cache,
        JournalWriter writer,
        CancellationToken cancellationToken
    )
    {
        var newest = await store.NewestAsync(country, cancellationToken);
        var blocks = new CountryBlocks(country, store, journals, cache, newest);
        if (newest is null && writer.Tail > 0)
        {
            await blocks.RebuildAsync(writer, cancellationToken);
        }

        return blocks;
    }

    /// <inheritdoc />
    public void Write(Unit unit, ReadOnlySpan<ObservationRow> rows, long position) =>
        unit.Keep(_country, _written = _builder.Add(rows, position));

    /// <inheritdoc />
    public void Committed()
    {
        if (_written is { } block)
        {
            _cache.Add(this, block);
            _written = null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _cache.Remove(this);

    /// <summary>Finds it beside the caller's thread: reading many entries takes the processor's time.</summary>
    public Task FindAsync(Search search, CancellationToken cancellationToken) =>
        Task.Run(() => LookIntoAllAsync(search, cancellationToken), cancellationToken);

    private async Task LookIntoAllAsync(Search search, CancellationToken cancellationToken)
    {
        if (_cache.TryGet(this) is { } kept)
        {
            await LookIntoAsync(kept, _journals, _country, search, cancellationToken);
            return;
        }

        List<Block>? all = [];
        var bytes = 0L;
        await foreach (var page in _store.BlocksAsync(_country, cancellationToken))
        {
            await LookIntoAsync(page, _journals, _country, search, cancellationToken);
            bytes += page.Sum(block => (long)block.Bytes);
            all = bytes <= _cache.Largest ? all : null;
            all?.AddRange(page);
        }

        if (all is not null)
        {
            _cache.Put(this, all);
        }
    }

    /// <summary>Finds what is recorded of what a search seeks, beside whoever writes the blocks.</summary>
    public static async Task FindAsync(IStore store, IJournals journals, string country, Search search, CancellationToken cancellationToken)
    {
        await foreach (var page in store.BlocksAsync(country, cancellationToken))
        {
            await LookIntoAsync(page, journals, country, search, cancellationToken);
        }
    }

    /// <summary>Reads the entries of the blocks that may hold what is sought, in order; what cannot be read is noted as missed.</summary>
    private static async Task LookIntoAsync(
        IReadOnlyList<Block> blocks,
        IJournals journals,
        string country,
        Search search,
        CancellationToken cancellationToken
    )
    {
        List<Block> single = new(IJournals.MaxPositions);
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            if (!search.MayBeIn(block))
            {
                continue;
            }

            if (block.First == block.Last)
            {
                single.Add(block);
                if (single.Count == IJournals.MaxPositions)
                {
                    await TakeSingleAsync(single, journals, country, search, cancellationToken);
                    single.Clear();
                }

                continue;
            }

            await TakeSingleAsync(single, journals, country, search, cancellationToken);
            single.Clear();
            await TakeAsync(block, journals, country, search, cancellationToken);
        }

        await TakeSingleAsync(single, journals, country, search, cancellationToken);
    }

    private static async Task TakeAsync(Block block, IJournals journals, string country, Search search, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var entry in journals.ReadAsync(JournalNames.Of(country), block.First - 1, block.Last, cancellationToken))
            {
                search.Take(entry);
            }
        }
        catch (ArchiveException exception)
        {
            search.Miss(block, exception);
        }
    }

    /// <summary>Takes blocks of one entry each.</summary>
    private static async Task TakeSingleAsync(
        IReadOnlyList<Block> blocks,
        IJournals journals,
        string country,
        Search search,
        CancellationToken cancellationToken
    )
    {
        try
        {
            foreach (
                var entry in await journals.ReadAtAsync(
                    JournalNames.Of(country),
                    [.. blocks.Select(block => block.First)],
                    cancellationToken
                )
            )
            {
                search.Take(entry);
            }
        }
        catch (ArchiveException)
        {
            // Not all of them are where it fails.
            foreach (var block in blocks)
            {
                await TakeAsync(block, journals, country, search, cancellationToken);
            }
        }
    }

    private async Task RebuildAsync(JournalWriter writer, CancellationToken cancellationToken)
    {
        var unit = new Unit();
        Block? open = null;
        var series = new SeriesTable();
        await foreach (var stored in _journals.ReadAsync(JournalNames.Of(_country), 0, writer.Tail, cancellationToken))
        {
            if (EntryReader.Parse(stored.Payload).Observations is not { } columns)
            {
                continue;
            }

            var rows = EntryReader.Rows(columns);
            foreach (ref var row in rows.AsSpan())
            {
                series.Prepare(ref row);
                series.Admit(ref row);
            }

            var block = _builder.Add(rows, stored.Position);
            if (open is not null && open.First != block.First)
            {
                unit.Keep(_country, open);
            }

            open = block;
        }

        if (open is not null)
        {
            // All of them at once: blocks that stop in the middle would say that nothing is recorded after them.
            await writer.CommitAsync(unit.Keep(_country, open), cancellationToken);
        }
    }
}

using System.Runtime.CompilerServices;
using EarlyWarning.Store.Connection;
using StackExchange.Redis;

namespace EarlyWarning.Store.Journals;

/// <summary>Journals on string keys, one a position, of which old ones are merged into segments.</summary>
internal sealed partial class RedisJournals(StoreConnection store, SegmentMerger merger, TimeProvider time) : IJournals
{
    private const int FirstBatch = 16;
    private const int LargestBatch = 512;
    private const int BatchBytes = 4 * 1024 * 1024;

    public async Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken)
    {
        JournalKeys keys = new(journal);
        cancellationToken.ThrowIfCancellationRequested();

        // The epoch first: an append that this read of the tail does not see then sees the new epoch, and is not acknowledged.
        var epoch = await store.RunAsync(db => db.StringIncrementAsync(keys.Epoch));
        var tail = await FindTailAsync(keys, cancellationToken);
        var last = tail == 0 ? (Entry?)null : await ReadEntryAsync(journal, keys, tail);
        return new RedisJournalWriter(store, journal, keys, epoch, last, time);
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JournalKeys keys = new(journal);
        var hint = (long)await store.RunAsync(db => db.StringGetAsync(keys.Hint));
        var next = Math.Max(after, 0) + 1;
        var batch = FirstBatch;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (first, last) in await SegmentsFromAsync(keys, next))
            {
                foreach (var entry in Segment.Read(journal, first, last, await ReadSegmentAsync(journal, keys, first)))
                {
                    if (entry.Position >= next)
                    {
                        next = entry.Position + 1;
                        yield return entry.Public;
                    }
                }
            }

            var merged = false;
            while (!merged)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var values = await ReadKeysAsync(keys, next, batch);
                long bytes = 0;
                foreach (var value in values)
                {
                    if (value.IsNull)
                    {
                        merged = true;
                        break;
                    }

                    var entry = Entry.Read(journal, next, value);
                    bytes += entry.Length;
                    next++;
                    yield return entry.Public;
                }

                batch = (int)Math.Clamp(BatchBytes / Math.Max(1, bytes / values.Length), 1, Math.Min(LargestBatch, batch * 4));
            }

            // No key at this position: either the end, or a merge has overtaken this reader.
            if ((await SegmentsFromAsync(keys, next)).Count == 0)
            {
                if (next <= hint)
                {
                    throw new JournalDamagedException(journal, next, "is missing");
                }

                yield break;
            }
        }
    }

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        cancellationToken.ThrowIfCancellationRequested();
        var named = prefix.Length == 0
            ? await store.RunAsync(db => db.SortedSetRangeByValueAsync(JournalKeys.Names))
            : await store.RunAsync(db => db.SortedSetRangeByValueAsync(JournalKeys.Names, prefix, prefix + char.MaxValue));
        var names = named.Select(name => (string)name!).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();

        // A name is listed before the first append, which may then not have happened.
        var kept = await store.RunAsync(db => Task.WhenAll(names.Select(name => HasEntryAsync(db, new(name)))));
        return [.. names.Where((_, index) => kept[index]).Order(StringComparer.Ordinal)];
    }

    private static async Task<bool> HasEntryAsync(IDatabase database, JournalKeys keys)
    {
        var entry = database.KeyExistsAsync(keys.Entry(1));
        var segment = database.KeyExistsAsync(keys.Segments);
        return await entry | await segment;
    }

    private async Task<RedisValue[]> ReadKeysAsync(JournalKeys keys, long first, int count)
    {
        var wanted = new RedisKey[count];
        for (var index = 0; index < count; index++)
        {
            wanted[index] = keys.Entry(first + index);
        }

        return await store.RunAsync(db => db.StringGetAsync(wanted));
    }

    private async Task<Entry> ReadEntryAsync(string journal, JournalKeys keys, long position)
    {
        var value = await store.RunAsync(db => db.StringGetAsync(keys.Entry(position)));
        if (!value.IsNull)
        {
            return Entry.Read(journal, position, value);
        }

        var segments = await SegmentsFromAsync(keys, position);
        if (segments.Count == 0)
        {
            throw new JournalDamagedException(journal, position, "is missing");
        }

        var (first, last) = segments[0];
        return Segment.Read(journal, first, last, await ReadSegmentAsync(journal, keys, first)).First(entry => entry.Position == position);
    }

    private async Task<ReadOnlyMemory<byte>> ReadSegmentAsync(string journal, JournalKeys keys, long first)
    {
        var value = await store.RunAsync(db => db.StringGetAsync(keys.Segment(first)));
        return value.IsNull ? throw new JournalDamagedException(journal, first, "is missing with its segment") : (ReadOnlyMemory<byte>)value;
    }

    private Task<IReadOnlyList<(long First, long Last)>> SegmentsFromAsync(JournalKeys keys, long position) =>
        Segment.ListAsync(store, keys, position);

    /// <summary>
    /// Finds the last position. A merge may delete the keys meanwhile that are looked for, but not before it has listed their segment: where it has
    /// listed more since the search began, the search begins again behind that.
    /// </summary>
    private async Task<long> FindTailAsync(JournalKeys keys, CancellationToken cancellationToken)
    {
        var known = Math.Max((long)await store.RunAsync(db => db.StringGetAsync(keys.Hint)), await Segment.MergedUntilAsync(store, keys));
        while (true)
        {
            var tail = await FindTailAsync(keys, known, cancellationToken);
            var merged = await Segment.MergedUntilAsync(store, keys);
            if (merged <= known)
            {
                return tail;
            }

            known = merged;
        }
    }

    /// <summary>Finds the last position that has a key: from one that the tail has reached, by doubling steps, then by narrowing, many questions at once.</summary>
    private async Task<long> FindTailAsync(JournalKeys keys, long known, CancellationToken cancellationToken)
    {
        const int Fan = 32;
        var low = known;
        var high = long.MaxValue;
        for (long step = 1; high - low > 1;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = low;
            long[] probes = high == long.MaxValue
                ? [.. Enumerable.Range(0, 16).Select(power => from + (step << power))]
                : [.. Enumerable.Range(1, Fan).Select(part => from + ((high - from) * part / (Fan + 1))).Where(probe => probe > from).Distinct()];
            var found = await store.RunAsync(db => Task.WhenAll(probes.Select(probe => db.KeyExistsAsync(keys.Entry(probe)))));
            for (var index = 0; index < probes.Length; index++)
            {
                if (!found[index])
                {
                    high = probes[index];
                    break;
                }

                low = probes[index];
            }

            step <<= 16;
        }

        return low;
    }
}

using EarlyWarning.Store.Connection;

namespace EarlyWarning.Store.Journals;

/// <summary>Consecutive entries in one value, each in the form it had under its own key.</summary>
internal static class Segment
{
    public static IEnumerable<Entry> Read(string journal, long first, long last, ReadOnlyMemory<byte> bytes)
    {
        for (var position = first; position <= last; position++)
        {
            var entry = Entry.Read(journal, position, bytes);
            bytes = bytes[entry.Length..];
            yield return entry;
        }
    }

    /// <summary>Lists the segments that hold <paramref name="position"/> or later ones, in order.</summary>
    public static async Task<IReadOnlyList<(long First, long Last)>> ListAsync(StoreConnection store, JournalKeys keys, long position)
    {
        var members = await store.RunAsync(db => db.SortedSetRangeByScoreWithScoresAsync(keys.Segments, position));
        return [.. members.Select(member => ((long)member.Element, (long)member.Score))];
    }

    /// <summary>The last position that a listed segment holds; 0 where nothing has been merged.</summary>
    public static async Task<long> MergedUntilAsync(StoreConnection store, JournalKeys keys) =>
        await store.RunAsync(db => db.SortedSetRangeByRankWithScoresAsync(keys.Segments, -1, -1)) is [var newest] ? (long)newest.Score : 0;

    /// <summary>Finds how far a segment reaches that was written and not yet listed.</summary>
    public static long LastOf(string journal, long first, ReadOnlyMemory<byte> bytes)
    {
        var position = first;
        while (!bytes.IsEmpty)
        {
            bytes = bytes[Entry.Read(journal, position++, bytes).Length..];
        }

        return position - 1;
    }
}

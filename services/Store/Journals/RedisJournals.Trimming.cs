namespace EarlyWarning.Store.Journals;

internal sealed partial class RedisJournals : IJournalTrimming
{
    /// <summary>
    /// Whole segments only, and never the newest: it says where the journal ends and where the next one begins. Entries that are not merged yet go
    /// when they are and a later trim covers them.
    /// </summary>
    public async Task TrimAsync(string journal, long position, CancellationToken cancellationToken)
    {
        JournalKeys keys = new(journal);
        var segments = await store.RunAsync(db => db.SortedSetRangeByScoreWithScoresAsync(keys.Segments, 0, position));
        var newest = await store.RunAsync(db => db.SortedSetRangeByRankWithScoresAsync(keys.Segments, -1, -1));
        foreach (var segment in segments.Where(segment => newest is [var last] && segment.Score < last.Score))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The index first: interrupted here, a value is left over, and not an index that names what is gone.
            await store.RunAsync(db => db.SortedSetRemoveAsync(keys.Segments, segment.Element));
            await store.RunAsync(db => db.KeyDeleteAsync(keys.Segment((long)segment.Element)));
        }
    }
}

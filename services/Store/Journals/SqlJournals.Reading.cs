using System.Runtime.CompilerServices;
using EarlyWarning.Store.Entries;

namespace EarlyWarning.Store.Journals;

/// <content>
/// How entries are read, wherever they are. The store is asked first: the last entry of a journal never leaves it, so that a page that does
/// not begin where it should says that what lies before was moved, maybe while this reader went from page to page, and where it is now
/// is known by then.
/// </content>
internal sealed partial class SqlJournals
{
    private const long PageBytes = 4L << 20;
    private const int FirstPage = 16;
    private const int LargestPage = 1_000;

    public IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, CancellationToken cancellationToken) =>
        ReadAsync(journal, after, long.MaxValue, cancellationToken);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string journal,
        long after,
        long until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        CheckName(journal);
        var (last, page) = (Math.Max(after, 0), FirstPage);
        while (last < until)
        {
            page = (int)Math.Min(page, until - last);
            var (entries, isEnd) = await PageAsync(journal, last, until, page, cancellationToken);
            long bytes = 0;
            foreach (var entry in entries)
            {
                last = entry.Position;
                bytes += entry.Payload.Length;
                yield return entry;
            }

            if (isEnd)
            {
                yield break;
            }

            page = (int)Math.Clamp(PageBytes / Math.Max(1, bytes / entries.Count), 1, Math.Min(LargestPage, page * 4));
        }
    }

    public async Task<IReadOnlyList<JournalEntry>> ReadAtAsync(
        string journal,
        IReadOnlyList<long> positions,
        CancellationToken cancellationToken
    )
    {
        CheckName(journal);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positions.Count, IJournals.MaxPositions);
        if (positions.Count == 0)
        {
            return [];
        }

        // Always as many, so that it is one statement.
        var values = Enumerable.Range(0, IJournals.MaxPositions).Select(i => (object?)positions[Math.Min(i, positions.Count - 1)]);
        var found = await store.ReadAsync(
            new(
                $"""
                select {EntryRow.Columns} from journal
                where journal = $1 and position in ($2, $3, $4, $5, $6, $7, $8, $9) order by position
                """,
                [journal, .. values]
            ),
            row => EntryRow.Read(journal, row),
            cancellationToken
        );
        var elsewhere = positions.Except(found.Select(entry => entry.Position)).Order().ToList();
        return elsewhere.Count == 0 ? found : await AddArchivedAsync(journal, found, elsewhere, cancellationToken);
    }

    private async Task<IReadOnlyList<JournalEntry>> AddArchivedAsync(
        string journal,
        IReadOnlyList<JournalEntry> stored,
        List<long> positions,
        CancellationToken cancellationToken
    )
    {
        List<JournalEntry> found = [.. stored];
        while (positions.Count > 0 && await _archived.FindAsync(journal, positions[0], cancellationToken) is { } span)
        {
            var inside = positions.Where(position => position >= span.First && position <= span.Last).ToList();
            if (inside.Count > 0)
            {
                found.AddRange(await store.Archive.ReadAtAsync(span, inside, cancellationToken));
            }

            positions.RemoveAll(position => position <= span.Last);
        }

        return [.. found.OrderBy(entry => entry.Position)];
    }

    /// <summary>
    /// Reads the entries that follow on a position without a gap, as many as are in one place, and says whether these are the last.
    /// </summary>
    private async Task<(IReadOnlyList<JournalEntry> Entries, bool IsEnd)> PageAsync(
        string journal,
        long last,
        long until,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var stored = await store.ReadAsync(
            new(
                $"select {EntryRow.Columns} from journal where journal = $1 and position > $2 order by position limit $3",
                journal,
                last,
                (long)limit
            ),
            row => EntryRow.Read(journal, row),
            cancellationToken
        );
        if (stored.Count == 0)
        {
            return (stored, true);
        }

        var next = last + 1;
        if (stored[0].Position != next)
        {
            if (await _archived.FindAsync(journal, next, cancellationToken) is { } span && span.First <= next)
            {
                return (await store.Archive.ReadAsync(span, last, Math.Min(span.Last, until), limit, cancellationToken), false);
            }

            next = stored[0].Position;
            if (await TrimmedAsync(journal, cancellationToken) < next - 1)
            {
                throw new JournalDamagedException(journal, last + 1, "is missing");
            }
        }

        var whole = stored.TakeWhile((entry, index) => entry.Position == next + index && entry.Position <= until).ToList();
        return (whole, whole.Count == 0 || (whole.Count == stored.Count && stored.Count < limit));
    }
}

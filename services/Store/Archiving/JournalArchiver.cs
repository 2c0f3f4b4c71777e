using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Archiving;

/// <summary>
/// Moves old entries out of the store into the archive, a megabyte at a time, beside intake: into the file first, on the disk and read
/// back; then the store gives them up, in one unit with the note of where they are. Killed in between, the same is written once more.
/// Never moved are the last entry of a journal and what an opening from its oldest kept snapshot needs. One round at a time.
/// </summary>
internal sealed partial class JournalArchiver(
    SuiteStore store,
    IEnumerable<ArchivedJournals> journals,
    TimeProvider time,
    ILogger<JournalArchiver> logger
)
{
    private const long StepBytes = 1L << 20;
    private const int FirstStep = 16;
    private const int LargestStep = 128;

    /// <summary>Between two steps the disk is intake's.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private readonly ArchiveIndex _index = new(store);
    private string _said = "";

    /// <summary>
    /// Moves what is old enough by now, and looks at what the archive holds. A fault is told, and tried again in the next round.
    /// </summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var fault =
                store.Options.ArchiveAfter is { } age && !store.IsReadOnly
                    ? await MoveAsync((time.GetUtcNow() - age).UtcTicks, cancellationToken)
                    : "";
            var (status, missing) = await SurveyAsync(cancellationToken);
            store.ArchiveStatus = status with { Fault = missing.Length > 0 ? missing : fault };
        }
#pragma warning disable CA1031 // Whatever it is, the suite goes on without it, and the next round tries again.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            store.ArchiveStatus = store.ArchiveStatus with { Fault = exception.Message };
        }

        Say(store.ArchiveStatus.Fault);
    }

    /// <summary>Moves what was recorded before a moment, and says what stood in the way.</summary>
    private async Task<string> MoveAsync(long before, CancellationToken cancellationToken)
    {
        var fault = "";
        foreach (var (journal, archived, folded) in await _index.FoldedAsync(cancellationToken))
        {
            if (!journals.Any(owned => journal.StartsWith(owned.Prefix, StringComparison.Ordinal)))
            {
                continue;
            }

            try
            {
                await MoveAsync(journal, archived, folded, before, cancellationToken);
            }
            catch (Exception exception) when (exception is ArchiveException or JournalDamagedException or FencedException)
            {
                // This journal's alone.
                fault = exception.Message;
            }
            catch (Exception exception) when (exception is StoreUnavailableException or IOException or UnauthorizedAccessException)
            {
                return exception.Message;
            }
        }

        return fault;
    }

    private async Task MoveAsync(string journal, long archived, long folded, long before, CancellationToken cancellationToken)
    {
        var (moved, limit) = (0L, FirstStep);
        while (
            await IsOldAsync(journal, archived, before, cancellationToken)
            && await StepAsync(journal, archived, folded, before, limit, cancellationToken) is { Count: > 0 } step
        )
        {
            var bytes = step.Sum(entry => (long)entry.Entry.Length);
            limit = (int)Math.Clamp(StepBytes / Math.Max(1, bytes / step.Count), 1, LargestStep);
            archived = step[^1].Position;
            moved += step.Count;
            await Task.Delay(s_pause, time, cancellationToken);
        }

        if (moved > 0)
        {
            LogMoved(moved, journal, archived);
        }
    }

    private async Task<List<StoredEntry>> StepAsync(
        string journal,
        long archived,
        long folded,
        long before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var entries = await store.ReadAsync(
            new(
                $"""
                select {EntryRow.Columns} from journal where journal = $1 and position > $2 and position <= $3
                and position < (select max(position) from journal where journal = $4) order by position limit $5
                """,
                journal,
                archived,
                folded,
                journal,
                (long)limit
            ),
            row => EntryRow.ReadWhole(journal, row),
            cancellationToken
        );
        var gap = entries.TakeWhile((entry, index) => entry.Position == archived + 1 + index).Count();
        if (gap < entries.Count)
        {
            throw new JournalDamagedException(journal, archived + 1 + gap, "is missing");
        }

        var step = entries.TakeWhile(entry => entry.Recorded < before && YearOf(entry) == YearOf(entries[0])).ToList();
        if (step.Count > 0)
        {
            await MoveAsync(journal, step, cancellationToken);
        }

        return step;
    }

    private async Task MoveAsync(string journal, List<StoredEntry> step, CancellationToken cancellationToken)
    {
        ArchiveSpan span = new(journal, $"{YearOf(step[0]):0000}.db", step[0].Position, step[^1].Position, step[^1].Checksum);
        if (Ballast.FreeBytes(store.Options.DataDirectory) is { } free && free < store.Options.ArchiveReserve)
        {
            throw new IOException(
                $"Nothing is moved into the archive, because the disk of {store.Options.DataDirectory} has only "
                    + $"{free >> 20} MB left. Make room; it is tried again by itself."
            );
        }

        // A file that was lost, or exchanged for an earlier one, is not begun anew: that would hide what it had.
        if (await _index.FindAsync(journal, span.First - 1, cancellationToken) is { } known && known.File == span.File)
        {
            store.Archive.Check(span.File, [known]);
        }
        else if ((await _index.AllAsync(cancellationToken)).Where(other => other.File == span.File).ToList() is { Count: > 0 } others)
        {
            store.Archive.Check(span.File, others);
        }

        await Task.Run(() => store.Archive.Write(span, step), cancellationToken);
        await _index.GiveUpAsync(span, cancellationToken);
    }

    private async Task<bool> IsOldAsync(string journal, long archived, long before, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            new("select recorded from journal where journal = $1 and position > $2 order by position limit 1", journal, archived),
            row => row.GetInt64(0),
            cancellationToken
        )
            is [var recorded]
        && recorded < before;

    /// <summary>Counts what there is, and names the first file that is not as it should be.</summary>
    private async Task<(ArchiveStatus Status, string Missing)> SurveyAsync(CancellationToken cancellationToken)
    {
        var files = (await _index.AllAsync(cancellationToken)).GroupBy(span => span.File).ToList();
        var bytes = await Task.Run(store.Archive.UsedBytes, cancellationToken);
        var entries = files.Sum(file => file.Sum(span => span.Last - span.First + 1));
        var status = new ArchiveStatus(entries, files.Count, bytes, "");
        foreach (var file in files)
        {
            try
            {
                await Task.Run(() => store.Archive.Check(file.Key, file), cancellationToken);
            }
            catch (ArchiveException exception)
            {
                return (status, exception.Message);
            }
        }

        return (status, "");
    }

    private static int YearOf(StoredEntry entry) => new DateTime(entry.Recorded, DateTimeKind.Utc).Year;

    private void Say(string fault)
    {
        if (fault.Length > 0 && fault != _said)
        {
            LogFault(fault);
        }

        _said = fault;
    }

    [LoggerMessage(1041, LogLevel.Information, "{Count} entries of {Journal}, up to {Position}, moved into the archive")]
    private partial void LogMoved(long count, string journal, long position);

    [LoggerMessage(1042, LogLevel.Error, "The archive: {Fault}")]
    private partial void LogFault(string fault);
}

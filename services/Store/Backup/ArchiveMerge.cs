using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Entries;
using Microsoft.Data.Sqlite;

namespace EarlyWarning.Store.Backup;

/// <summary>
/// Puts what was moved into the archive back into a copy of the store, page by page: the copy is one file and has everything.
/// </summary>
internal static class ArchiveMerge
{
    private const int Page = 32;

    /// <summary>Lists what a copy says is in the archive, by journal and position.</summary>
    public static IReadOnlyList<ArchiveSpan> Spans(SqliteConnection copy) =>
        new SqliteSession(copy).Query(new($"select {ArchiveSpan.Columns} from archive order by journal, first_position"), ArchiveSpan.Read);

    /// <summary>
    /// Fills the copy, and names the files that were missing: of these the copy goes on to say that it does not have them.
    /// </summary>
    /// <exception cref="ArchiveException">A file is there and cannot be read.</exception>
    public static IReadOnlyList<string> Run(
        SqliteConnection copy,
        ArchiveFolder archive,
        Action<BackupProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var session = new SqliteSession(copy);
        var spans = Spans(copy);
        var total = spans.Sum(span => span.Last - span.First + 1);
        var files = spans.Select(span => span.File).Distinct().Order(StringComparer.Ordinal);
        List<string> missing = [.. files.Where(file => !archive.Has(file))];
        session.Begin();
        long done = 0;
        foreach (var span in spans.Where(span => !missing.Contains(span.File)))
        {
            for (var last = span.First - 1; last < span.Last; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                var entries = archive.ReadWhole(span, last, Page, cancellationToken);
                foreach (var entry in entries)
                {
                    session.Execute(
                        new(
                            $"insert into journal (journal, {EntryRow.Columns}) values ($1, $2, $3, $4, $5, $6)",
                            span.Journal,
                            entry.Position,
                            entry.Unit,
                            entry.Recorded,
                            entry.Checksum,
                            entry.Entry
                        )
                    );
                }

                last = entries[^1].Position;
                done += entries.Count;
                progress(new(BackupPhase.Copying, done, total));
            }

            session.Execute(new("delete from archive where journal = $1 and file = $2", span.Journal, span.File));
        }

        session.Execute(
            new("update writer set archived = coalesce((select max(last_position) from archive a where a.journal = writer.journal), 0)")
        );
        session.Commit();
        return missing;
    }
}

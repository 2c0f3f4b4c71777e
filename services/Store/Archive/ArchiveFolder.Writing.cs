using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Files;
using Microsoft.Data.Sqlite;

namespace EarlyWarning.Store.Archive;

/// <content>How entries come into a file, for good.</content>
internal sealed partial class ArchiveFolder
{
    /// <summary>
    /// Writes entries into a file, which is made where it is missing, brings them to the disk, and reads them back. What the file had at
    /// these positions is replaced: it never counted.
    /// </summary>
    /// <exception cref="ArchiveException">The file is not of this store, or does not give back what was written.</exception>
    /// <exception cref="IOException">It cannot be written; the message says why, for an operator.</exception>
    public void Write(ArchiveSpan span, IReadOnlyList<StoredEntry> entries)
    {
        try
        {
            if (!Has(span.File))
            {
                Make(span.File);
            }

            using (var connection = Open(span.File))
            {
                Insert(connection, span.Journal, entries);
            }
        }
        catch (Exception exception) when (exception is SqliteException or UnauthorizedAccessException or IOException)
        {
            throw new IOException(
                $"The archive file {PathOf(span.File)} cannot be written ({exception.Message}). Make room, and give this "
                    + "user write access to it; nothing is lost, and it is tried again by itself.",
                exception
            );
        }

        CrashPoint.Reach(CrashPoint.AfterArchive);
        var read = Use(span.File, connection =>
        {
            using var command = Command(connection, Rows, span.Journal, entries[0].Position - 1, span.Last, (long)entries.Count + 1);
            return Entries(span, command, EntryRow.ReadWhole, CancellationToken.None);
        });
        if (!read.Select(Mark).SequenceEqual(entries.Select(Mark)))
        {
            throw new ArchiveException(PathOf(span.File), "was read back and does not have what was written");
        }

        static (long Position, long Checksum) Mark(StoredEntry entry) => (entry.Position, entry.Checksum);
    }

    private void Make(string file)
    {
        PrivateFile.Protect(_folder, "*");
        DurableFile.FlushFolder(Path.GetDirectoryName(_folder)!);
        var part = PathOf(file) + ".part";
        File.Delete(part);
        using (PrivateFile.Create(part, FileMode.CreateNew)) { }

        using (SqliteConnection connection = new(ConnectionString(part)))
        {
            connection.Open();
            using var make = Command(
                connection,
                $"""
                pragma page_size = 8192;
                pragma user_version = {Format};
                create table store (one integer primary key check (one = 1), identity text not null);
                create table journal (journal text not null, position integer not null, unit integer not null, recorded integer not null,
                  checksum integer not null, entry blob not null, primary key (journal, position)) without rowid;
                """
            );
            make.ExecuteNonQuery();
            using var named = Command(connection, "insert into store (one, identity) values (1, $1)", identity().Identity);
            named.ExecuteNonQuery();
        }

        DurableFile.FlushFile(part);
        DurableFile.Rename(part, PathOf(file));
    }

    private static void Insert(SqliteConnection connection, string journal, IReadOnlyList<StoredEntry> entries)
    {
        // More than full: without it a power cut may bring back the rollback journal of a commit that was already counted upon.
        using (var safe = Command(connection, "pragma synchronous = extra"))
        {
            safe.ExecuteNonQuery();
        }

        using var transaction = connection.BeginTransaction();
        foreach (var entry in entries)
        {
            using var insert = Command(
                connection,
                $"insert or replace into journal (journal, {EntryRow.Columns}) values ($1, $2, $3, $4, $5, $6)",
                journal,
                entry.Position,
                entry.Unit,
                entry.Recorded,
                entry.Checksum,
                entry.Entry
            );
            insert.ExecuteNonQuery();
        }

        CrashPoint.Reach(CrashPoint.BeforeArchive);
        transaction.Commit();
    }
}

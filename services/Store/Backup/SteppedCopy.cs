using EarlyWarning.Store.Databases;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EarlyWarning.Store.Backup;

/// <summary>
/// SQLite's online backup, a few pages at a time through the session that writes. What that session changes meanwhile, SQLite writes to
/// the copy
/// too: a copy under load never begins anew, no reader's snapshot keeps the log from being moved, and a commit waits for one step at most.
/// </summary>
internal sealed class SteppedCopy : IDisposable
{
    /// <summary>Half a megabyte: what a step takes, a commit waits.</summary>
    private const int PagesAtOnce = 64;
    private readonly SqliteConnection _copy;
    private readonly DatabaseSession _session;
    private readonly sqlite3_backup _backup;

    public SteppedCopy(DatabaseSession session, SqliteConnection copy)
    {
        (_session, _copy) = (session, copy);
        CopyFile.Execute(copy, "pragma synchronous = off");
        _backup = raw.sqlite3_backup_init(copy.Handle, "main", ((SqliteSession)session).Connection.Handle, "main");
    }

    /// <summary>Copies the next pages; on the committer's thread, outside of a transaction.</summary>
    /// <returns>How far it has come; both are equal when all is copied, as of this moment.</returns>
    public (long Done, long Total) Step(DatabaseSession session)
    {
        if (session != _session)
        {
            throw new BackupException("The store was opened again while it was copied. Start the backup again.");
        }

        var code = raw.sqlite3_backup_step(_backup, PagesAtOnce);
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            throw new BackupException(
                $"The copy cannot be written: {raw.sqlite3_errmsg(_copy.Handle).utf8_to_string()}. Make room, "
                    + "and start the backup again."
            );
        }

        long total = raw.sqlite3_backup_pagecount(_backup);
        return code == raw.SQLITE_DONE ? (total, total) : (Math.Min(total - raw.sqlite3_backup_remaining(_backup), total - 1), total);
    }

    /// <summary>Ends it; on the committer's thread, or when the session is gone.</summary>
    public void Dispose() => raw.sqlite3_backup_finish(_backup);
}

using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EarlyWarning.Store.Databases;

/// <content>What an error of SQLite means.</content>
internal sealed partial class SqliteDatabase
{
    public override StoreFault Classify(Exception exception) =>
        exception switch
        {
            StatementException { InnerException: { } inner } => Classify(inner),
            SqliteException
            {
                SqliteErrorCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE or raw.SQLITE_TOOBIG or raw.SQLITE_ERROR
            } => StoreFault.Unit,
            SqliteException
            {
                SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_INTERRUPT
            } => StoreFault.Store,
            SqliteException => StoreFault.Session,
            InvalidOperationException or ArgumentException or InvalidCastException => StoreFault.Unit,
            TimeoutException => StoreFault.Store,
            _ => StoreFault.Session,
        };

    public override string Explain(Exception exception)
    {
        switch (exception)
        {
            case StatementException { InnerException: { } inner }:
                return Explain(inner);
            case SqliteException { SqliteErrorCode: raw.SQLITE_FULL }:
                _ballast.Drop();
                return $"The disk of {_folder} is full. Make room there; the suite goes on by itself.";
            case SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } io:
                if (Ballast.FreeBytes(_folder) < Ballast.Size)
                {
                    _ballast.Drop();
                }

                return $"The disk of {_folder} fails ({io.Message}, {io.SqliteExtendedErrorCode}). Look at the disk and the system's "
                    + $"log; the suite opens the store again by itself.";
            case SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } damaged:
                return $"The file {File} is damaged ({damaged.Message}). Stop the suite and restore the folder from a backup.";
            case SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM } denied:
                return Unwritable(denied.Message);
            case SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED }:
                return $"The file {File} is locked by another program. Close what has it open.";
            default:
                return $"{Place} is not available: {exception.Message}";
        }
    }
}

using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Configuration;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Files;
using EarlyWarning.Store.Migrations;
using Microsoft.Data.Sqlite;

namespace EarlyWarning.Store.Backup;

/// <summary>Fills an empty folder, or an empty database, from a copy. What was restored is quiet until somebody takes it over.</summary>
internal static class Restore
{
    /// <exception cref="StoreStartException">The copy is not whole or of the other mode, or there is a store already.</exception>
    public static void Run(string copy, StoreOptions options, Database database, IReadOnlyList<Migration> migrations, TimeProvider time)
    {
        if (!File.Exists(copy))
        {
            throw new StoreStartException(
                $"There is no file {copy} to restore from. `ew " + "backup` makes one, below the data folder's backups."
            );
        }

        var mark = Path.Combine(options.DataDirectory, StoreMark.FileName);
        var postgres = database as PostgresDatabase;
        if (File.Exists(mark) || (postgres is null && database.Exists()) || (postgres is not null && ServerCopy.HasStore(postgres)))
        {
            throw new StoreStartException(
                $"There is a store already in {(File.Exists(mark) ? options.DataDirectory : database.Place)}; a backup is restored "
                    + "into an empty one only. If this was restored before, start without --restore; else name another folder with "
                    + "--data, or another database with --store."
            );
        }

        var archive = Path.Combine(options.DataDirectory, ArchiveFolder.Name);
        if (Directory.Exists(archive) && Directory.EnumerateFiles(archive).Any())
        {
            throw new StoreStartException(
                $"There is an archive already in {archive}, of another store as far as is known. A backup holds what was archived: move "
                    + "the folder away, or name another one with --data."
            );
        }

        var file = Path.Combine(Path.GetFullPath(options.DataDirectory), SqliteDatabase.FileName);
        var part = CopyFile.Unfinished(file);
        try
        {
            File.Delete(part);
            using (var made = PrivateFile.Create(part, FileMode.CreateNew))
            using (var source = File.OpenRead(copy))
            {
                source.CopyTo(made);
            }

            var row = Prepare(part, Path.GetFileName(copy), options, database);
            if (postgres is null)
            {
                CopyFile.Finish(file);
            }
            else
            {
                ServerCopy.Import(postgres, part, migrations, time.GetUtcNow());
                File.Delete(part);
            }

            StoreMark.Of(row.Identity, row.Beat, options.DataDirectory, "", "").Write(options.DataDirectory);
        }
        catch (Exception exception)
            when (exception is InvalidDataException or SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreStartException($"The file {copy} cannot be restored: {exception.Message}. Take another backup.", exception);
        }
    }

    private static StoreRow Prepare(string part, string name, StoreOptions options, Database database)
    {
        using var copy = CopyFile.Open(part);
        CopyFile.Check(copy, CancellationToken.None);
        var session = new SqliteSession(copy);
        var row = StoreRow.Find(session, database).Row ?? throw new InvalidDataException("it does not say which store it is of");
        if (row.Identity.Exercise != options.Exercise)
        {
            ContinuityWords words = new($"the backup {name}", options.DataDirectory, running: false);
            throw new StoreStartException(words.Mode(row.Identity.Exercise));
        }

        // Nobody has for himself what was restored, until somebody takes it over.
        CopyFile.Execute(copy, "update store set writer = ''");
        CopyFile.Silence(copy, $"restored from {name}{(row.Identity.Quiet.Length > 0 ? $", {row.Identity.Quiet}" : "")}");
        return row;
    }
}

using System.Globalization;
using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Backup;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Files;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EarlyWarning.Store.Committing;

/// <content>Copies of the whole store, made while it is in use.</content>
public sealed partial class SuiteStore
{
    /// <summary>The folder of copies, below the data folder.</summary>
    public const string BackupFolder = "backups";

    private readonly SemaphoreSlim _backingUp = new(1, 1);

    /// <summary>
    /// Copies the whole store as of one moment into a file below the data folder's <c>backups</c>, with what was moved into the archive in
    /// its old place, and reads the copy back. Commits go on meanwhile.
    /// A copy that fails, or is found not whole, is removed.
    /// </summary>
    /// <param name="name">The file's name, without a path; empty for one of the time.</param>
    /// <param name="progress">Is told how far it has come, often, on any thread.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BackupException">It could not be made.</exception>
    public async Task<BackupReport> BackupAsync(string name, Action<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var database = Database;
        var now = _time.GetUtcNow();
        var folder = Path.Combine(Path.GetFullPath(_options.DataDirectory), BackupFolder);
        var file = Path.Combine(folder, name.Length > 0 ? name : Text(now, "'early-warning-'yyyyMMdd'T'HHmmss'Z.db'"));
        if (Path.GetDirectoryName(file) != folder || Path.GetFileName(file) is "." or "..")
        {
            throw new BackupException("The name of a backup is a file's name without a path.");
        }

        if (!await _backingUp.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            throw new BackupException("Another backup is being made. Wait for its end.");
        }

        try
        {
            PrivateFile.Protect(folder, "*");
            if (File.Exists(file))
            {
                throw new BackupException($"There is a backup {Path.GetFileName(file)} already. Choose another name.");
            }

            File.Delete(CopyFile.Unfinished(file));
            var started = _time.GetTimestamp();
            using (var copy = CopyFile.Open(CopyFile.Unfinished(file)))
            {
                await CopyAsync(database, copy, now, progress, cancellationToken);
                var (journals, entries, missing) = await Task.Run(
                    () =>
                    {
                        CopyFile.Silence(copy, $"a backup of {Text(now, "yyyy-MM-dd HH:mm:ss'Z'")}");
                        var without = ArchiveMerge.Run(copy, Archive, progress, cancellationToken);
                        progress(new(BackupPhase.Checking, 0, 0));
                        var (counted, read) = CopyFile.Check(copy, cancellationToken);
                        return (counted, read, without);
                    },
                    cancellationToken
                );
                copy.Close();
                await Task.Run(() => CopyFile.Finish(file), CancellationToken.None);
                BackupReport report = new(file, new FileInfo(file).Length, journals, entries, missing, _time.GetElapsedTime(started));
                LogBackup(file, report.Bytes, report.Entries, report.Took.TotalSeconds);
                return report;
            }
        }
        catch (ArchiveException exception)
        {
            throw new BackupException(
                $"The archive cannot be copied: {exception.Message} A file that is moved out of its folder is left out, and named.",
                exception
            );
        }
        catch (Exception exception) when (exception is InvalidDataException)
        {
            throw new BackupException(
                $"The copy was read back and is not whole: " + $"{exception.Message}. Look at the store and its disk.",
                exception
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException or NpgsqlException)
        {
            throw new BackupException($"The backup {file} cannot be made: {exception.Message}. Make room, and start it again.", exception);
        }
        finally
        {
            DeleteUnfinished(CopyFile.Unfinished(file));
            _backingUp.Release();
        }
    }

    private static string Text(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private async Task CopyAsync(
        Database database,
        SqliteConnection copy,
        DateTimeOffset now,
        Action<BackupProgress> progress,
        CancellationToken cancellationToken
    )
    {
        if (database is PostgresDatabase postgres)
        {
            await Task.Run(() => ServerCopy.Export(postgres, copy, _migrations, now, progress, cancellationToken), cancellationToken);
            return;
        }

        SteppedCopy? steps = null;
        try
        {
            await Committer.RunAsync(session => steps = new(session, copy));
            var (done, total) = (0L, 1L);
            while (done < total)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await Committer.RunAsync(session => (done, total) = steps!.Step(session));
                progress(new(BackupPhase.Copying, done, total));
            }
        }
        finally
        {
            if (steps is not null)
            {
                await Committer.RunAsync(_ => steps.Dispose()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static void DeleteUnfinished(string part)
    {
        foreach (var file in new[] { part, part + "-journal", part + "-wal", part + "-shm" })
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It does not count, and the next backup of this name removes it.
            }
        }
    }
}

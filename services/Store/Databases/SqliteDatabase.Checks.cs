using System.Globalization;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Files;
using SQLitePCL;

namespace EarlyWarning.Store.Databases;

/// <content>What the folder must be, and whether the file that is open is still the one in it.</content>
internal sealed partial class SqliteDatabase
{
    /// <summary>File systems whose locks or flushes cannot be counted on.</summary>
    private static readonly string[] s_remote = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse", "fuseblk", "afs", "ceph"];
    private string? _descriptor;

    public override Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            PrivateFile.Protect(_folder, FileName + "*");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreStartException(
                $"The data folder {_folder} cannot be written ({exception.Message}). Make room, give this user write access or choose "
                    + "another folder with --data.",
                exception
            );
        }

        if (
            FileSystem(_folder) is { } system
            && (s_remote.Contains(system, StringComparer.Ordinal) || system.StartsWith("fuse.", StringComparison.Ordinal))
        )
        {
            throw new StoreStartException(
                $"The data folder {_folder} is on a file system of type {system}, whose locks and flushes cannot be counted on. Choose "
                    + "a folder on a local disk with --data, or a PostgreSQL with --store."
            );
        }

        return Task.CompletedTask;
    }

    public override bool Exists() => System.IO.File.Exists(File);

    public override string? Lost(DatabaseSession session)
    {
        if (IsInPlace())
        {
            return null;
        }

        return System.IO.File.Exists(File)
            ? throw new IOException("another file is in the place of the one that was open")
            : $"The file {File} was deleted or moved while the suite had it open. Put it back with all of its neighbours "
                + $"({FileName}-wal), or stop the suite and restore the folder from a backup.";
    }

    public override long? Version(DatabaseSession session) => session.Query(new("pragma data_version"), row => row.GetInt64(0))[0];

    private string Unwritable(string why) =>
        $"The file {File} cannot be written ({why}). Give this user write access to the folder and all files in it.";

    /// <summary>What SQLite took of the settings on which "on the disk" rests.</summary>
    private void Demand(SqliteSession session)
    {
        if (raw.sqlite3_db_readonly(session.Connection.Handle, "main") == 1)
        {
            // SQLite is content with reading where it may not write.
            throw new StoreUnavailableException(Unwritable("it can be opened for reading only"));
        }

        const long Full = 2;
        var journal = session.Query(new("pragma journal_mode"), row => row.GetString(0))[0];
        var flush = session.Query(new("pragma synchronous"), row => row.GetInt64(0))[0];
        if (journal != "wal" || flush != Full)
        {
            throw new StoreStartException(
                $"The store {File} cannot be used safely: it has the journal mode {journal} and flushes at level {flush}, where wal "
                    + $"and {Full} are needed. Choose a folder on a local disk with --data."
            );
        }
    }

    private bool IsInPlace()
    {
        try
        {
            return _descriptor is null || System.IO.File.ResolveLinkTarget(_descriptor, returnFinalTarget: false)?.FullName == File;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>
    /// Finds the open file among this process's descriptors, where the system shows them: the link behind it says when the file is gone.
    /// </summary>
    private void RememberFile()
    {
        _descriptor = null;
        if (!Directory.Exists("/proc/self/fd"))
        {
            return;
        }

        foreach (var descriptor in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            try
            {
                if (System.IO.File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName == File)
                {
                    // The one with the highest number is the newest.
                    _descriptor = _descriptor is null || Number(descriptor) > Number(_descriptor) ? descriptor : _descriptor;
                }
            }
            catch (IOException)
            {
                // Closed meanwhile.
            }
        }

        static int Number(string descriptor) => int.Parse(Path.GetFileName(descriptor), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>The type of the file system that a folder is on; <see langword="null"/> where it is not known.</summary>
    private static string? FileSystem(string folder)
    {
        const string Mounts = "/proc/self/mounts";
        if (!System.IO.File.Exists(Mounts))
        {
            return null;
        }

        (int Length, string Type)? found = null;
        foreach (var line in System.IO.File.ReadLines(Mounts))
        {
            if (
                line.Split(' ') is [_, var mounted, var type, ..]
                && (folder == mounted || folder.StartsWith(mounted.TrimEnd('/') + "/", StringComparison.Ordinal))
                && mounted.Length >= (found?.Length ?? 0)
            )
            {
                found = (mounted.Length, type);
            }
        }

        return found?.Type;
    }
}

using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Files;

namespace EarlyWarning.Store.Continuity;

/// <summary>A data folder in the hands of one process, for as long as that lives, stopped or not.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "store.lock";
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="StoreStartException">Another one holds it, or it cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            PrivateFile.Protect(folder, FileName);
            DurableFile.FlushWay(folder);
            FileStreamOptions options = new()
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new(new(path, options));
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new StoreStartException(
                $"Another process holds the data folder {folder}. A folder belongs to one process; several share a PostgreSQL, which "
                    + "--store names. Stop the other one, or name another folder with --data.",
                exception
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreStartException(
                $"The data folder {folder} cannot be written ({exception.Message}). Make room, give this user write access or choose "
                    + "another folder with --data.",
                exception
            );
        }
    }

    public void Dispose() => _file.Dispose();
}

using System.Globalization;

namespace EarlyWarning.Store.Embedded;

/// <summary>The embedded store's folder, held by this process until disposed. Its format's version stands in a file of its own.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>The format that this build writes. A folder with a higher one is refused.</summary>
    public const int Format = 1;

    private const string FormatFile = "format";
    private const string LockFile = "lock";

    /// <summary>Names the process that holds the lock, which itself nobody else can read.</summary>
    private const string HolderFile = "holder";
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>Makes the folder where it is missing and takes hold of it.</summary>
    /// <exception cref="StoreStartException">It cannot be written, is held by another process, or is of a newer format.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        FileStream held;
        try
        {
            Directory.CreateDirectory(path);
            held = new(System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || (exception is IOException && !File.Exists(System.IO.Path.Combine(path, LockFile))))
        {
            throw new StoreStartException($"The data folder {path} cannot be written ({exception.Message}). Give this user write access or choose another folder with --data.", exception);
        }
        catch (IOException exception)
        {
            throw new StoreStartException($"The data folder {path} is held by {Holder(path)}. Stop it first or choose another folder with --data.", exception);
        }

        try
        {
            File.WriteAllText(System.IO.Path.Combine(path, HolderFile), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            CheckFormat(path);
            return new(path, held);
        }
        catch (Exception exception)
        {
            held.Dispose();
            throw exception is IOException or UnauthorizedAccessException
                ? new StoreStartException($"The data folder {path} cannot be written ({exception.Message}). Make room, give this user write access or choose another folder with --data.", exception)
                : exception;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void CheckFormat(string path)
    {
        var file = System.IO.Path.Combine(path, FormatFile);
        if (!File.Exists(file))
        {
            // Under another name first, so that a crash leaves no half-written version behind.
            var fresh = file + ".new";
            using (FileStream stream = new(fresh, FileMode.Create, FileAccess.Write))
            {
                stream.Write(System.Text.Encoding.ASCII.GetBytes(Format.ToString(CultureInfo.InvariantCulture)));
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, file, overwrite: true);
            return;
        }

        var text = File.ReadAllText(file).Trim();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var format))
        {
            throw new StoreStartException($"The file {file} does not hold a format version. Restore the folder from a backup or choose another one with --data.");
        }

        if (format > Format)
        {
            throw new StoreStartException($"The data folder {path} has format {format}, written by a newer version; this one reads up to {Format}. Start the newer version or choose another folder with --data.");
        }
    }

    private static string Holder(string path)
    {
        try
        {
            return $"another suite (process {File.ReadAllText(System.IO.Path.Combine(path, HolderFile))})";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "another suite";
        }
    }
}

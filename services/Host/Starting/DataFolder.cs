using System.Text;

namespace EarlyWarning.Host.Starting;

/// <summary>
/// A suite's folder: its store, and the files that users put beside it. It is marked as an exercise's or as one of actual data, and never
/// becomes the other; one suite at a time holds it.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The file of who may call.</summary>
    public const string KeysFile = "keys.json";

    /// <summary>The file of callers whom others vouch for.</summary>
    public const string RulesFile = "access.yaml";

    /// <summary>The folder of the keys that seal browsers' sessions.</summary>
    public const string SessionsFolder = "sessions";

    private const string MarkerFile = "suite.mode";
    private const string LockFile = "suite.lock";
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Takes the folder, making it where it is missing.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="exercise">It is an exercise's.</param>
    /// <param name="anew">What an exercise before has left in it is removed, so that each exercise runs from its beginning.</param>
    /// <exception cref="StartException">The folder is of the other mode, held by another suite, or cannot be written.</exception>
    public static DataFolder Take(string path, bool exercise, bool anew)
    {
        var mode = exercise ? "exercise" : "actual";
        FileStream? held = null;
        try
        {
            CheckMode(path, mode);
            Directory.CreateDirectory(path);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            held = Hold(System.IO.Path.Combine(path, LockFile));
            Mark(System.IO.Path.Combine(path, MarkerFile), mode);
            var folder = new DataFolder(path, held);
            if (exercise && anew)
            {
                Array.ForEach([.. Directory.GetFiles(path, "store.db*"), .. Directory.GetFiles(path, "store.mark*")], File.Delete);
            }

            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new StartException(
                $"The data folder {path} cannot be written: {exception.Message} Name another one with --data.",
                exception
            );
        }
    }

    /// <summary>Lets the folder go.</summary>
    public void Dispose() => _lock.Dispose();

    private static void CheckMode(string path, string mode)
    {
        var marker = System.IO.Path.Combine(path, MarkerFile);
        var marked = File.Exists(marker) ? File.ReadAllText(marker).Trim() : "";
        if (marked.Length > 0 && marked != mode)
        {
            throw new StartException(
                mode == "exercise"
                    ? $"The folder {path} holds actual data; an exercise needs a folder of its own. Name another one with --data."
                    : $"The folder {path} is an exercise's; actual data needs a folder of its own. Name another one with --data."
            );
        }
    }

    /// <summary>
    /// Under another name first: on a full disk, or after a power cut, a marker that is half written would speak for the other mode.
    /// </summary>
    private static void Mark(string marker, string mode)
    {
        if (!File.Exists(marker) || File.ReadAllText(marker).Trim() != mode)
        {
            var fresh = marker + ".new";
            using (var file = File.Create(fresh))
            {
                file.Write(Encoding.UTF8.GetBytes(mode));
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, marker, overwrite: true);
        }
    }

    private static FileStream Hold(string path)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new(path, options);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new StartException(
                $"Another suite holds the data folder {System.IO.Path.GetDirectoryName(path)}. Stop it, or name another folder with "
                    + $"--data.",
                exception
            );
        }
    }
}

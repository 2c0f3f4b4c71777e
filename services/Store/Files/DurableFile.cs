using System.Runtime.InteropServices;

namespace EarlyWarning.Store.Files;

/// <summary>Files that are replaced whole: after a power cut there is the old one or the new one.</summary>
public static partial class DurableFile
{
    private const int ReadOnly = 0;

    /// <summary>What a file system answers that flushes no folders.</summary>
    private const int NotSupported = 22;

    /// <summary>Writes a file that only this user may read, whole or not at all.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var part = path + ".part";
        try
        {
            // One that a killed writer left may have any mode.
            File.Delete(part);
            using (var file = PrivateFile.Create(part, FileMode.CreateNew))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            Rename(part, path);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Gives a file that is on the disk its name, for good.</summary>
    /// <exception cref="IOException">The name may not be on the disk.</exception>
    public static void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    /// <summary>
    /// Brings the names of a folder and of all on the way to it to the disk, where this user may: whoever made them may not have.
    /// </summary>
    internal static void FlushWay(string folder)
    {
        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            _ = TryFlush(at);
        }
    }

    /// <summary>How long the disk of a folder takes at least to bring a block to safety.</summary>
    internal static TimeSpan MeasureFlush(string folder, TimeProvider time)
    {
        const int Times = 5;
        var (path, shortest) = (Path.Combine(folder, "store.flush"), TimeSpan.MaxValue);
        using (var file = PrivateFile.Create(path, FileMode.Create))
        {
            var block = new byte[4096];
            for (var turn = 0; turn < Times; turn++)
            {
                var started = time.GetTimestamp();
                file.Write(block);
                file.Flush(flushToDisk: true);
                var took = time.GetElapsedTime(started);
                shortest = took < shortest ? took : shortest;
            }
        }

        File.Delete(path);
        return shortest;
    }

    /// <summary>Brings what a closed file holds to the disk.</summary>
    internal static void FlushFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Brings a folder's names to the disk.</summary>
    /// <exception cref="IOException">They may not be there.</exception>
    internal static void FlushFolder(string folder)
    {
        if (!TryFlush(folder))
        {
            throw new IOException($"The names in the folder {folder} cannot be brought to the disk.");
        }
    }

    /// <summary>Brings a folder's names to the disk, where the system asks for that.</summary>
    private static bool TryFlush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var opened = Open(folder, ReadOnly);
        if (opened < 0)
        {
            return false;
        }

        var flushed = FSync(opened) == 0 || Marshal.GetLastPInvokeError() == NotSupported;
        _ = Close(opened);
        return flushed;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}

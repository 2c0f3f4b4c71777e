namespace EarlyWarning.Access.Keys;

/// <summary>Writes files that nobody but the suite's account may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Puts a file in the place of another, whole or not at all: written beside it, with its mode from the first byte, brought to the
    /// disk, renamed.
    /// </summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var fresh = $"{path}.new";
        try
        {
            // One that a killed writer left may have any mode.
            File.Delete(fresh);
            using (var file = Open(fresh, FileMode.CreateNew))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }
    }

    /// <summary>Opens a file for one alone, and makes it where there is none.</summary>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Own;
        }

        return new(path, options);
    }
}

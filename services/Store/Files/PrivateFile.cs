namespace EarlyWarning.Store.Files;

/// <summary>Files and folders that only this user may read.</summary>
public static class PrivateFile
{
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    /// <summary>Makes a file, of which <paramref name="bytes"/> are set aside.</summary>
    public static FileStream Create(string path, FileMode mode, long bytes = 0)
    {
        FileStreamOptions options = new()
        {
            Mode = mode,
            Access = FileAccess.Write,
            PreallocationSize = bytes,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        return new(path, options);
    }

    /// <summary>Opens a file for this process alone, and makes it where there is none: whoever else opens it waits.</summary>
    public static FileStream Hold(string path)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        return new(path, options);
    }

    /// <summary>Makes the folder where it is missing, and takes from others what they may do in it and with the files named.</summary>
    public static void Protect(string folder, string files)
    {
        Directory.CreateDirectory(folder);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        System.IO.File.SetUnixFileMode(folder, Folder);
        foreach (var file in Directory.EnumerateFiles(folder, files))
        {
            System.IO.File.SetUnixFileMode(file, File);
        }
    }
}

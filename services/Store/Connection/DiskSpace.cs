namespace EarlyWarning.Store.Connection;

/// <summary>How much room a folder takes and has.</summary>
internal static class DiskSpace
{
    /// <summary>Finds the free bytes of the folder's file system; <see langword="null"/> where it cannot say.</summary>
    public static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Adds up the folder's files; <see langword="null"/> where it cannot say.</summary>
    public static long? Used(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file went away while they were counted.
            return null;
        }
    }
}

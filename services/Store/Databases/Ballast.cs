using EarlyWarning.Store.Files;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Databases;

/// <summary>
/// A file that is given up first when the disk is full, so that a checkpoint, an alarm and a start have room; made again when there is
/// plenty.
/// </summary>
internal sealed partial class Ballast(string folder, bool wanted, ILogger logger)
{
    /// <summary>How many bytes it holds.</summary>
    public const long Size = 64L << 20;

    private const long Plenty = 4 * Size;
    private readonly string _file = Path.Combine(folder, "ballast");

    /// <summary>The free bytes of a folder's file system; <see langword="null"/> where it cannot say.</summary>
    public static long? FreeBytes(string folder)
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

    /// <summary>Makes the file where there is none and room enough.</summary>
    public void Fill()
    {
        if (!wanted || File.Exists(_file) || FreeBytes(folder) is not >= Plenty)
        {
            return;
        }

        try
        {
            using var made = PrivateFile.Create(_file, FileMode.Create, Size);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is a reserve, no condition.
        }
    }

    /// <summary>Gives the file up.</summary>
    public void Drop()
    {
        if (!File.Exists(_file))
        {
            return;
        }

        try
        {
            File.Delete(_file);
            LogDropped(logger, folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then there is nothing to gain.
        }
    }

    [LoggerMessage(
        1021,
        LogLevel.Error,
        "The disk of {Folder} is full: the reserve is given up. Make room, or the suite stops taking observations"
    )]
    private static partial void LogDropped(ILogger logger, string folder);
}

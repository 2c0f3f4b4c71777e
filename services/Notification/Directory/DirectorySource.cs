using EarlyWarning.Notification.Configuration;
using EarlyWarning.ServiceDefaults.Files;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Processes;
using EarlyWarning.Yaml;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Directory;

/// <summary>
/// The directory as it stands: read at the start, and again when the file has changed. A changed file with faults leaves the last good one
/// in force and is reported. Thread-safe.
/// </summary>
internal sealed class DirectorySource(
    NotificationOptions options,
    Suite suite,
    IProcesses processes,
    TimeProvider time,
    ILogger<DirectorySource> logger
)
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private WatchedFile<FileContent>? _file;
    private DirectoryListing? _listing;
    private long _looked;

    /// <summary>Where the file is expected.</summary>
    public string File { get; } =
        options.DirectoryFile.Length > 0 ? options.DirectoryFile : Path.Combine(suite.DataDirectory, "directory.yaml");

    /// <summary>Why the file as it is now is not in force; empty where it is.</summary>
    public string Problem => Volatile.Read(ref _file)?.Problem ?? "";

    /// <summary>The directory in force. The first call reads the file.</summary>
    /// <exception cref="FaultyFileException">The file has faults and there is no good one yet.</exception>
    public DirectoryListing Current
    {
        get
        {
            lock (_lock)
            {
                if (_listing is null)
                {
                    return Open();
                }

                if (time.GetElapsedTime(_looked) >= s_lookEvery)
                {
                    // Before the file is read: what is written while it is read is for the next look.
                    _looked = time.GetTimestamp();
                    Look();
                }

                return _listing;
            }
        }
    }

    private DirectoryListing Open()
    {
        _looked = time.GetTimestamp();
        _file ??= new(
            File,
            () => FileContent.Read(File, BoundedYaml.MostCharacters),
            content => Take(DirectoryReader.Read(content.Text, File, suite.Exercise, Environment.GetEnvironmentVariable), content.Text),
            "What it said last stays in force."
        );
        _file.Open();
        if (_listing is null)
        {
            Take(DirectoryListing.Empty, null);
        }

        logger.DirectoryLoaded(File, _listing!.Entries.Count);
        return _listing;
    }

    // Editors and deployments take a file away and put a new one there; nobody shall go untold meanwhile.
    private void Look()
    {
        switch (_file!.Look())
        {
            case FileLook.First or FileLook.Taken:
                logger.DirectoryLoaded(File, _listing!.Entries.Count);
                break;
            case FileLook.Refused:
                logger.DirectoryNotLoaded(File, Problem);
                break;
            default:
                break;
        }
    }

    private void Take(DirectoryListing listing, string? text)
    {
        _listing = listing;
        processes.GoBy("directory.yaml", FileFingerprint.Of(text));
    }
}

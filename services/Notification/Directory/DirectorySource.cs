using EarlyWarning.Notification.Configuration;
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
    private DirectoryListing? _listing;
    private (DateTime Written, long Length) _version;
    private long _looked;

    /// <summary>Where the file is expected.</summary>
    public string File { get; } =
        options.DirectoryFile.Length > 0 ? options.DirectoryFile : Path.Combine(suite.DataDirectory, "directory.yaml");

    /// <summary>Why the file as it is now is not in force; empty where it is.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The directory in force. The first call reads the file.</summary>
    /// <exception cref="FaultyFileException">The file has faults and there is no good one yet.</exception>
    public DirectoryListing Current
    {
        get
        {
            lock (_lock)
            {
                if (_listing is null || time.GetElapsedTime(_looked) >= s_lookEvery)
                {
                    // Before the file is read: what is written while it is read is for the next look.
                    _looked = time.GetTimestamp();
                    Look();
                }

                return _listing!;
            }
        }
    }

    private void Look()
    {
        var info = Followed(File);
        var version = info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
        if (_listing is not null && version == _version)
        {
            return;
        }

        try
        {
            if (!info.Exists && _listing is { Entries.Count: > 0 })
            {
                // Editors and deployments take a file away and put a new one there; nobody shall go untold meanwhile.
                throw new FileNotFoundException($"{File} is gone.");
            }

            if (info.Exists && info.Length > BoundedYaml.MostCharacters)
            {
                throw new IOException(
                    $"{File} has {info.Length:N0} bytes, which no directory needs; at most {BoundedYaml.MostCharacters:N0} are read."
                );
            }

            var text = info.Exists ? System.IO.File.ReadAllText(File) : null;
            var listing = text is null
                ? DirectoryListing.Empty
                : DirectoryReader.Read(text, File, suite.Exercise, Environment.GetEnvironmentVariable);
            (_listing, _version, Problem) = (listing, version, "");
            processes.GoBy("directory.yaml", FileFingerprint.Of(text));
            logger.DirectoryLoaded(File, listing.Entries.Count);
        }
        catch (Exception e) when (_listing is not null && e is FaultyFileException or IOException or UnauthorizedAccessException)
        {
            // Not read again until it changes again: the same faults need saying once.
            (_version, Problem) = (version, e.Message);
            logger.DirectoryNotLoaded(File, e.Message);
        }
    }

    /// <summary>
    /// What a link leads to in the end: it stays as it is where that is exchanged, as clusters do with the files that they hand on.
    /// </summary>
    private static FileInfo Followed(string path)
    {
        var named = new FileInfo(path);
        try
        {
            return (FileInfo?)named.ResolveLinkTarget(returnFinalTarget: true) ?? named;
        }
        catch (IOException)
        {
            // Not there, or links without an end: whoever reads it is told which.
            return named;
        }
    }
}

namespace EarlyWarning.Store.Backup;

/// <summary>A copy of the whole store that was read back and found whole.</summary>
/// <param name="File">Where it is, on the suite's machine.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Journals">How many journals it holds.</param>
/// <param name="Entries">How many entries of journals, each checked.</param>
/// <param name="Missing">The files of the archive that were not there, so that what they hold is not in the copy; in order.</param>
/// <param name="Took">How long it took, checks included.</param>
public sealed record BackupReport(string File, long Bytes, long Journals, long Entries, IReadOnlyList<string> Missing, TimeSpan Took);

/// <summary>How far a backup has come.</summary>
/// <param name="Phase">What it does.</param>
/// <param name="Done">How much is done, in a measure of the phase's own.</param>
/// <param name="Total">How much there is to do, as far as is known.</param>
public readonly record struct BackupProgress(BackupPhase Phase, long Done, long Total);

/// <summary>What a backup does.</summary>
public enum BackupPhase
{
    /// <summary>It copies.</summary>
    Copying = 0,

    /// <summary>It reads the copy back: structure, and the checksum of every entry.</summary>
    Checking,
}

/// <summary>A backup could not be made; the message says why and what to do.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

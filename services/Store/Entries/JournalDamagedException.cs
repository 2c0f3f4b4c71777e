namespace EarlyWarning.Store.Entries;

/// <summary>A journal cannot be read on: an entry is missing, damaged, or of a newer version. Nothing is skipped silently.</summary>
public sealed class JournalDamagedException(string journal, long position, string what)
    : Exception($"Entry {position} of the journal {journal} {what}.")
{
    /// <summary>The journal's name.</summary>
    public string Journal { get; } = journal;

    /// <summary>The entry's position.</summary>
    public long Position { get; } = position;
}

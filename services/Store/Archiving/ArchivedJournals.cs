namespace EarlyWarning.Store.Archiving;

/// <summary>Says that the entries of some journals may move into the archive when they are old; registered by their owner.</summary>
/// <param name="Prefix">How the journals' names begin.</param>
public sealed record ArchivedJournals(string Prefix);

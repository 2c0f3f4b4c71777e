namespace EarlyWarning.Store.Entries;

/// <summary>One entry as read back.</summary>
/// <param name="Position">1 for the first entry of a journal, then without gaps.</param>
/// <param name="RecordedAt">When the writer appended it; never goes back within a journal.</param>
/// <param name="Payload">What the writer handed in.</param>
public readonly record struct JournalEntry(long Position, DateTimeOffset RecordedAt, ReadOnlyMemory<byte> Payload);

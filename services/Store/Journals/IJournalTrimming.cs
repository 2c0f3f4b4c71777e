namespace EarlyWarning.Store.Journals;

/// <summary>
/// Forgets the beginning of a journal whose owner no longer needs it, such as a queue's. Journals that are a record (a country's, a case's,
/// the ledger) are never trimmed. Implemented beside <see cref="IJournals"/>. Thread-safe.
/// </summary>
public interface IJournalTrimming
{
    /// <summary>
    /// Deletes entries at or before <paramref name="position"/>: those that a snapshot has had merged into segments, a whole segment at a
    /// time. Later entries keep their positions. May be repeated.
    /// </summary>
    Task TrimAsync(string journal, long position, CancellationToken cancellationToken);
}

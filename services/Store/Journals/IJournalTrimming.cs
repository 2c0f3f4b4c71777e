namespace EarlyWarning.Store.Journals;

/// <summary>
/// Forgets the beginning of a journal whose owner no longer needs it, such as a queue's. Journals that are a record (a country's, a case's, the
/// ledger) are never trimmed. Implemented beside <see cref="IJournals"/>. Thread-safe.
/// </summary>
public interface IJournalTrimming
{
    /// <summary>
    /// Deletes the entries at or before <paramref name="position"/> and the snapshots but the newest. Later entries keep their positions; reading
    /// from the start begins after <paramref name="position"/>. May be repeated, and may delete less than asked when it is interrupted.
    /// </summary>
    Task TrimAsync(string journal, long position, CancellationToken cancellationToken);
}

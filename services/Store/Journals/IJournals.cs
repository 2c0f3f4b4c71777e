using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Journals;

/// <summary>
/// Opens journals: ordered, append-only, durable sequences of entries, one writer each. A journal's name is a path such as
/// <c>risk/XAB</c>. Thread-safe.
/// </summary>
public interface IJournals
{
    /// <summary>
    /// Takes over a journal as its writer: reads the tail and raises the writer's epoch, so that an earlier writer's next append fails with
    /// <see cref="FencedException"/>. An unknown name is an empty journal.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    Task<JournalWriter> OpenAsync(string journal, CancellationToken cancellationToken);

    /// <summary>Reads the entries whose position is greater than <paramref name="after"/>, in order, to the end as it is now.</summary>
    IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the entries whose position is greater than <paramref name="after"/> and not greater than <paramref name="last"/>, in order,
    /// and nothing beyond them.
    /// </summary>
    IAsyncEnumerable<JournalEntry> ReadAsync(string journal, long after, long last, CancellationToken cancellationToken);

    /// <summary>The most entries that one look at single positions reads.</summary>
    const int MaxPositions = 8;

    /// <summary>
    /// Reads the entries at single positions, in order and in one query: a look for each would cost several times what an entry does. At
    /// most <see cref="MaxPositions"/>; those that are not there are passed over.
    /// </summary>
    Task<IReadOnlyList<JournalEntry>> ReadAtAsync(string journal, IReadOnlyList<long> positions, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the newest snapshot at or before <paramref name="atOrBefore"/>, or <see langword="null"/> where there is none.
    /// </summary>
    Task<Snapshot?> ReadSnapshotAsync(string journal, long atOrBefore, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps the state folded up to and including <paramref name="position"/>, then merges the entries that it covers into segments of
    /// bounded size. The entries stay readable.
    /// </summary>
    Task WriteSnapshotAsync(string journal, long position, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the names of the journals that have at least one entry and whose name starts with <paramref name="prefix"/>, sorted.
    /// </summary>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>Folded state as of a position.</summary>
/// <param name="Position">The last entry that the state includes.</param>
/// <param name="Payload">The state, in a form of its owner's.</param>
public readonly record struct Snapshot(long Position, ReadOnlyMemory<byte> Payload);

/// <summary>Where and when an append landed.</summary>
/// <param name="Position">The entry's position.</param>
/// <param name="RecordedAt">The entry's time.</param>
public readonly record struct Appended(long Position, DateTimeOffset RecordedAt);

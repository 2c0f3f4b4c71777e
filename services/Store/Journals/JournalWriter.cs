using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Journals;

/// <summary>
/// The one writer of a journal. Not thread-safe: one append at a time. After any exception the writer is finished: open the journal again
/// and fold what lies after the last known position, because the failed append may have happened.
/// </summary>
public abstract class JournalWriter
{
    /// <summary>The largest payload of one append, in bytes.</summary>
    public const int MaxPayload = 2_000_000;

    /// <summary>The journal's name.</summary>
    public abstract string Journal { get; }

    /// <summary>The position of the last entry; 0 while the journal is empty.</summary>
    public abstract long Tail { get; }

    /// <summary>
    /// Says where and when the next append lands, if it happens, and says the same until then: what is decided before it is appended is
    /// decided of that moment.
    /// </summary>
    public abstract Appended Upcoming();

    /// <summary>
    /// Appends one entry at <see cref="Upcoming"/>, in one transaction with what <paramref name="unit"/> writes. When this returns, all of
    /// it is on the disk; when it throws, all or nothing of it may be.
    /// </summary>
    /// <exception cref="ArgumentException">The payload is longer than <see cref="MaxPayload"/>.</exception>
    /// <exception cref="FencedException">Another writer has taken over.</exception>
    /// <exception cref="StoreUnavailableException">The store did not confirm; the entry may or may not be there.</exception>
    public abstract ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, Unit? unit, CancellationToken cancellationToken);

    /// <summary>Commits what belongs to the journal's owner without an entry, if this is still the writer.</summary>
    /// <exception cref="FencedException">Another writer has taken over.</exception>
    /// <exception cref="StoreUnavailableException">The store did not confirm; it may or may not have happened.</exception>
    public abstract Task CommitAsync(Unit unit, CancellationToken cancellationToken);

    /// <summary>Appends one entry and nothing beside it.</summary>
    /// <exception cref="ArgumentException">The payload is longer than <see cref="MaxPayload"/>.</exception>
    /// <exception cref="FencedException">Another writer has taken over.</exception>
    /// <exception cref="StoreUnavailableException">The store did not confirm; the entry may or may not be there.</exception>
    public ValueTask<Appended> AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        AppendAsync(payload, null, cancellationToken);
}

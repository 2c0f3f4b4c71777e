using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Journals;

/// <summary>How a state is folded from its journal. Total: <see cref="Apply"/> must not throw for any journalled payload.</summary>
/// <remarks>
/// Called by the journal's one writer, in the journal's order, by one thread at a time. It keeps nothing itself: one may serve several
/// journals.
/// </remarks>
/// <typeparam name="TState">The state, changed in place.</typeparam>
public interface IFold<TState>
{
    /// <summary>Makes the state of an empty journal.</summary>
    TState Empty();

    /// <summary>Applies one entry.</summary>
    void Apply(TState state, JournalEntry entry);

    /// <summary>Writes the state as a snapshot; <see langword="null"/> while it cannot or need not be snapshotted.</summary>
    byte[]? Write(TState state);

    /// <summary>
    /// Reads a snapshot back; <see langword="null"/> refuses it (an older form), and the journal is folded from the start.
    /// </summary>
    TState? Read(ReadOnlyMemory<byte> snapshot);
}

/// <summary>
/// A state and the journal it is folded from, for one writer: <c>CommitAsync</c> appends, then applies. Not thread-safe.
/// After an exception from <c>CommitAsync</c> it is finished: open it again.
/// </summary>
/// <typeparam name="TState">The state.</typeparam>
public sealed class Journaled<TState>
    where TState : class
{
    private readonly IJournals _journals;
    private readonly JournalWriter _writer;
    private readonly IFold<TState> _fold;
    private readonly int _snapshotEvery;
    private long _snapshotPosition;

    private Journaled(IJournals journals, JournalWriter writer, IFold<TState> fold, TState state, long snapshotPosition, int snapshotEvery)
    {
        _journals = journals;
        _writer = writer;
        _fold = fold;
        _snapshotPosition = snapshotPosition;
        _snapshotEvery = snapshotEvery;
        State = state;
    }

    /// <summary>The state up to <see cref="Position"/>.</summary>
    public TState State { get; }

    /// <summary>The position of the last entry applied.</summary>
    public long Position => _writer.Tail;

    /// <summary>Where and when the next entry will land.</summary>
    public Appended Upcoming() => _writer.Upcoming();

    /// <summary>
    /// Takes over <paramref name="journal"/> as its writer and folds it: newest snapshot first, then the entries after it.
    /// </summary>
    public static async Task<Journaled<TState>> OpenAsync(
        IJournals journals,
        string journal,
        IFold<TState> fold,
        int snapshotEvery,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(journals);
        ArgumentNullException.ThrowIfNull(fold);
        var writer = await journals.OpenAsync(journal, cancellationToken);
        TState? state = null;
        long position = 0;
        if (
            await journals.ReadSnapshotAsync(journal, writer.Tail, cancellationToken) is { } snapshot
            && fold.Read(snapshot.Payload) is { } read
        )
        {
            (state, position) = (read, snapshot.Position);
        }

        state ??= fold.Empty();
        await foreach (var entry in journals.ReadAsync(journal, position, cancellationToken))
        {
            fold.Apply(state, entry);
        }

        return new(journals, writer, fold, state, position, snapshotEvery);
    }

    /// <summary>
    /// Appends an entry durably, together with what <paramref name="unit"/> writes, then applies it. Takes a snapshot when enough entries
    /// have come since the last one.
    /// </summary>
    public async ValueTask<Appended> CommitAsync(ReadOnlyMemory<byte> payload, Unit? unit, CancellationToken cancellationToken)
    {
        var appended = await _writer.AppendAsync(payload, unit, cancellationToken);
        _fold.Apply(State, new(appended.Position, appended.RecordedAt, payload));
        if (appended.Position - _snapshotPosition >= _snapshotEvery)
        {
            await SnapshotAsync(cancellationToken);
        }

        return appended;
    }

    /// <summary>Commits what belongs to the journal's owner without an entry, if this is still the writer.</summary>
    public Task CommitAsync(Unit unit, CancellationToken cancellationToken) => _writer.CommitAsync(unit, cancellationToken);

    /// <summary>Writes a snapshot of the present state now.</summary>
    public async ValueTask SnapshotAsync(CancellationToken cancellationToken)
    {
        // Moved on even where the fold declines, so that it is not asked again at every append.
        _snapshotPosition = Position;
        if (_fold.Write(State) is not { } payload)
        {
            return;
        }

        try
        {
            await _journals.WriteSnapshotAsync(_writer.Journal, Position, payload, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // The journal has everything; the next snapshot makes up for this one.
        }
    }
}

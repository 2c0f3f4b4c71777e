namespace EarlyWarning.Catalogue.Copies;

/// <summary>
/// This process's copy of the catalogue: every state since the first, folded from the writer's changes. Past snapshots are made when they
/// are asked for and live as long as somebody holds them.
/// </summary>
/// <param name="source">Where the writer is asked.</param>
public sealed class SiloCatalogue(CatalogueSource source) : ICatalogue
{
    private readonly Lock _folding = new();
    private readonly Lock _lock = new();
    private readonly List<CatalogueState> _states = [CatalogueState.Empty];
    private readonly List<WeakReference<CatalogueSnapshot>?> _past = [null];
    private readonly string _reader = Guid.NewGuid().ToString("N");
    private volatile CatalogueSnapshot _current = CatalogueSnapshot.Empty;
    private volatile CatalogueState _state = CatalogueState.Empty;
    private TaskCompletionSource _changed = NewSignal();

    /// <inheritdoc/>
    public CatalogueSnapshot Current => _current;

    /// <summary>Gets the newest state, with all versions.</summary>
    public CatalogueState State => _state;

    /// <inheritdoc/>
    public async Task ChangedAsync(long revision, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The signal is read first: a change between the two lines completes it.
            var changed = Volatile.Read(ref _changed).Task;
            if (_current.Revision > revision)
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public CatalogueSnapshot At(long revision)
    {
        var current = _current;
        if (revision >= current.Revision)
        {
            return current;
        }

        lock (_lock)
        {
            var index = (int)Math.Max(0, revision);
            if (_past[index] is { } reference && reference.TryGetTarget(out var snapshot))
            {
                return snapshot;
            }

            snapshot = SnapshotOfState.Make(_states[index]);
            _past[index] = new(snapshot);
            return snapshot;
        }
    }

    /// <summary>
    /// Folds what the writer has journalled since; at once after a change made here, so that a caller reads what it wrote.
    /// </summary>
    /// <returns>Whether there was anything new.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken) =>
        Fold(await source(_state.Revision, "", TimeSpan.Zero, cancellationToken).WaitAsync(cancellationToken));

    /// <summary>Waits for what the writer journals next, and folds it. The writer knows by it how far this copy is.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was anything new.</returns>
    public async Task<bool> FollowAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        Fold(await source(_state.Revision, _reader, patience, cancellationToken).WaitAsync(cancellationToken));

    /// <summary>Several may have been told of the same changes: each is folded once, in order.</summary>
    private bool Fold(IReadOnlyList<ReadOnlyMemory<byte>> changes)
    {
        if (changes.Count == 0)
        {
            return false;
        }

        lock (_folding)
        {
            var (before, state) = (_state, _state);
            foreach (var entry in changes.Select(CatalogueJournal.Unwrap).Where(entry => entry.Revision > before.Revision))
            {
                state = state.Apply(entry);
                lock (_lock)
                {
                    _states.Add(state);
                    _past.Add(null);
                }
            }

            if (ReferenceEquals(state, before))
            {
                return false;
            }

            _current = SnapshotOfState.Make(state);
            _state = state;
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
            return true;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Asks the catalogue's writer for its changes, serialized, in order.</summary>
/// <param name="revision">Those after this revision.</param>
/// <param name="reader">Who follows, and has everything up to the revision; empty for one who only asks.</param>
/// <param name="patience">How long to wait for one where there is none yet.</param>
/// <param name="cancellationToken">Ends the wait.</param>
public delegate Task<IReadOnlyList<ReadOnlyMemory<byte>>> CatalogueSource(
    long revision,
    string reader,
    TimeSpan patience,
    CancellationToken cancellationToken
);

using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Catalogue;

namespace EarlyWarning.Indicators.Catalogue;

/// <summary>
/// This silo's copy of the catalogue: every state since the first, folded from the writer's changes. Past snapshots are made when they are asked
/// for and live as long as somebody holds them.
/// </summary>
internal sealed class SiloCatalogue(IGrainFactory grains) : ICatalogue, IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<CatalogueState> _states = [CatalogueState.Empty];
    private readonly List<WeakReference<CatalogueSnapshot>?> _past = [null];
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

    /// <summary>Folds what the writer has journalled since; at once after a change made here, so that a caller reads what it wrote.</summary>
    /// <returns>Whether there was anything new.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var changes = await grains.GetGrain<ICatalogueGrain>(0).ChangesAfterAsync(_state.Revision).WaitAsync(cancellationToken);
            if (changes.Count == 0)
            {
                return false;
            }

            var state = _state;
            lock (_lock)
            {
                foreach (var change in changes)
                {
                    state = state.Apply(CatalogueJournal.Unwrap(change));
                    _states.Add(state);
                    _past.Add(null);
                }
            }

            _current = SnapshotOfState.Make(state);
            _state = state;
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
            return true;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _refreshing.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

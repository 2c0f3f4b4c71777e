using EarlyWarning.Notification.Journal;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Notification.Desk;

/// <summary>
/// Batches what waits into one append, and keeps the desk's due time at or before the earliest thing to be done. Runs on the grain's scheduler
/// alone, so it needs no lock. After a failed append it is finished, and so is the activation.
/// </summary>
internal sealed class DeskWriter(Journaled<DeskState> journaled, TimeProvider time, Action<Exception> failed)
{
    /// <summary>The queue of due times, and the desk's place in it.</summary>
    public const string Queue = "notification";
    public const string Member = "desk";

    /// <summary>Stops adding to a batch here, well below the largest append.</summary>
    private const int LargestBatch = 256 * 1024;

    private readonly Queue<Pending> _waiting = new();
    private Task _running = Task.CompletedTask;
    private DateTimeOffset? _indexed;
    private bool _indexKnown;
    private Func<DateTimeOffset?>? _reindex;
    private Exception? _failure;

    public DeskState State => journaled.State;

    /// <summary>
    /// Commits the change that <paramref name="decide"/> makes of the state as it then is; none where it returns <see langword="null"/>. When
    /// this returns, the change is durable and applied.
    /// </summary>
    /// <param name="key">Two changes of one key never share a batch, so that the second is decided after the first is applied.</param>
    /// <param name="addsWork">The change brings something that must be resumed after a crash.</param>
    /// <param name="decide">Makes the change.</param>
    /// <param name="with">Adds what becomes durable with it, also where there is no change.</param>
    /// <returns>The change, or <see langword="null"/>.</returns>
    public Task<Change?> CommitAsync(string key, bool addsWork, Func<DeskState, Change?> decide, Action<Unit, Change?>? with = null)
    {
        var pending = new Pending(key, addsWork, decide, with);
        if (_failure is not null)
        {
            return Task.FromException<Change?>(_failure);
        }

        _waiting.Enqueue(pending);
        Run();
        return pending.Done.Task;
    }

    /// <summary>
    /// Moves the desk's due time to what <paramref name="earliest"/> then says, between two appends; <see langword="null"/> takes the desk out of
    /// the queue.
    /// </summary>
    public void Reindex(Func<DateTimeOffset?> earliest)
    {
        _reindex = earliest;
        Run();
    }

    private void Run()
    {
        if (_running.IsCompleted)
        {
            _running = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        // Lets the callers of this turn get into the first batch.
        await Task.Yield();
        while (_waiting.Count > 0 || _reindex is not null)
        {
            var batch = new List<(Pending Pending, Change Change)>();
            try
            {
                if (_reindex is { } earliest)
                {
                    _reindex = null;
                    await MoveAsync(earliest());
                }

                await AppendAsync(batch);
            }
#pragma warning disable CA1031 // Whatever the store throws is for those who wait for it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Fail(batch, e);
                return;
            }

            foreach (var (pending, change) in batch)
            {
                pending.Done.SetResult(change);
            }
        }
    }

    private async Task AppendAsync(List<(Pending Pending, Change Change)> batch)
    {
        var unit = new Unit();
        var nothing = new List<Pending>();
        var entry = Fill(batch, nothing, unit);
        try
        {
            if (batch.Count == 0 && !unit.IsEmpty)
            {
                await journaled.CommitAsync(unit, CancellationToken.None);
            }
            else if (batch.Count > 0)
            {
                var now = time.GetUtcNow();
                var index = batch.Exists(b => b.Pending.AddsWork) && !(_indexKnown && _indexed <= now);
                if (index)
                {
                    unit.SetDue(Queue, Member, now);
                }

                await journaled.CommitAsync(entry.ToByteArray(), unit, CancellationToken.None);
                (_indexKnown, _indexed) = index ? (true, now) : (_indexKnown, _indexed);
            }
        }
        catch (Exception exception)
        {
            nothing.ForEach(pending => pending.Done.SetException(exception));
            throw;
        }

        nothing.ForEach(pending => pending.Done.SetResult(null));
    }

    private async Task MoveAsync(DateTimeOffset? due)
    {
        if (_indexKnown && _indexed == due)
        {
            return;
        }

        // Forgotten before it is moved: where the move fails, the next change sets it anew.
        (_indexKnown, _indexed) = (false, null);
        var unit = new Unit();
        await journaled.CommitAsync(due is { } at ? unit.SetDue(Queue, Member, at) : unit.RemoveDue(Queue, Member), CancellationToken.None);
        (_indexKnown, _indexed) = (true, due);
    }

    private Entry Fill(List<(Pending Pending, Change Change)> batch, List<Pending> nothing, Unit unit)
    {
        var entry = new Entry { Format = 1 };
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var size = 0;
        while (size < LargestBatch && _waiting.TryPeek(out var pending) && keys.Add(pending.Key))
        {
            _waiting.Dequeue();
            if (!TryDecide(pending, out var decided))
            {
                continue;
            }

            pending.With?.Invoke(unit, decided);
            if (decided is not { } change)
            {
                nothing.Add(pending);
                continue;
            }

            size += change.CalculateSize();
            entry.Changes.Add(change);
            batch.Add((pending, change));
        }

        return entry;
    }

    private bool TryDecide(Pending pending, out Change? change)
    {
        try
        {
            change = pending.Decide(State);
            return true;
        }
#pragma warning disable CA1031 // A change that cannot be decided is its caller's fault and must not keep others waiting.
        catch (Exception e)
#pragma warning restore CA1031
        {
            pending.Done.SetException(e);
            change = null;
            return false;
        }
    }

    private void Fail(List<(Pending Pending, Change Change)> batch, Exception exception)
    {
        (_failure, _reindex) = (exception, null);
        foreach (var (pending, _) in batch)
        {
            pending.Done.SetException(exception);
        }

        while (_waiting.TryDequeue(out var pending))
        {
            pending.Done.SetException(exception);
        }

        failed(exception);
    }

    private sealed record Pending(string Key, bool AddsWork, Func<DeskState, Change?> Decide, Action<Unit, Change?>? With)
    {
        public TaskCompletionSource<Change?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

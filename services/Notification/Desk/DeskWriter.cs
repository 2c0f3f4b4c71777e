using EarlyWarning.Notification.Journal;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Notification.Desk;

/// <summary>
/// Batches what waits into one append, and keeps the desk's due time at or before the earliest thing to be done. Runs on the grain's scheduler
/// alone, so it needs no lock. After a failed append it is finished, and so is the activation.
/// </summary>
internal sealed class DeskWriter(Journaled<DeskState> journaled, IDueTimes dueTimes, TimeProvider time, Action<Exception> failed)
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
    /// <returns>The change, or <see langword="null"/>.</returns>
    public Task<Change?> CommitAsync(string key, bool addsWork, Func<DeskState, Change?> decide)
    {
        var pending = new Pending(key, addsWork, decide);
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
        var entry = Fill(batch);
        if (batch.Count == 0)
        {
            return;
        }

        // Both go down one connection in this order, so the due time is on the disk no later than the entry, without waiting for it twice.
        var indexed = batch.Exists(b => b.Pending.AddsWork) ? IndexNowAsync() : Task.CompletedTask;
        var appended = journaled.CommitAsync(entry.ToByteArray(), CancellationToken.None).AsTask();
        await Task.WhenAll(indexed, appended);
    }

    private async Task MoveAsync(DateTimeOffset? due)
    {
        if (due <= time.GetUtcNow())
        {
            await IndexNowAsync();
            return;
        }

        if (_indexKnown && _indexed == due)
        {
            return;
        }

        // Forgotten before it is moved: where the move fails, the next change sets it anew.
        (_indexKnown, _indexed) = (false, null);
        await (due is { } at
            ? dueTimes.SetAsync(Queue, Member, at, CancellationToken.None)
            : dueTimes.RemoveAsync(Queue, Member, CancellationToken.None));
        (_indexKnown, _indexed) = (true, due);
    }

    private Entry Fill(List<(Pending Pending, Change Change)> batch)
    {
        var entry = new Entry { Format = 1 };
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var size = 0;
        while (size < LargestBatch && _waiting.TryPeek(out var pending) && keys.Add(pending.Key))
        {
            _waiting.Dequeue();
            if (Decide(pending) is not { } change)
            {
                continue;
            }

            size += change.CalculateSize();
            entry.Changes.Add(change);
            batch.Add((pending, change));
        }

        return entry;
    }

    private Change? Decide(Pending pending)
    {
        try
        {
            if (pending.Decide(State) is { } change)
            {
                return change;
            }

            pending.Done.SetResult(null);
        }
#pragma warning disable CA1031 // A change that cannot be decided is its caller's fault and must not keep others waiting.
        catch (Exception e)
#pragma warning restore CA1031
        {
            pending.Done.SetException(e);
        }

        return null;
    }

    private async Task IndexNowAsync()
    {
        var now = time.GetUtcNow();
        if (_indexKnown && _indexed <= now)
        {
            return;
        }

        await dueTimes.SetAsync(Queue, Member, now, CancellationToken.None);
        (_indexKnown, _indexed) = (true, now);
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

    private sealed record Pending(string Key, bool AddsWork, Func<DeskState, Change?> Decide)
    {
        public TaskCompletionSource<Change?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

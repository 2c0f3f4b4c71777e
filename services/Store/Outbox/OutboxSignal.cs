namespace EarlyWarning.Store.Outbox;

/// <summary>Tells this process's dispatcher that an event has become owed. Thread-safe, for one that waits.</summary>
internal sealed class OutboxSignal
{
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => _changed.TrySetResult();

    /// <summary>Waits for the next change since the last wait ended.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        await _changed.Task.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (_changed.Task.IsCompleted)
        {
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

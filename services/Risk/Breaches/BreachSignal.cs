namespace EarlyWarning.Risk.Breaches;

/// <summary>Tells those who watch in this process that a breach has changed. Thread-safe.</summary>
internal sealed class BreachSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change. Take it before reading what there is.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}

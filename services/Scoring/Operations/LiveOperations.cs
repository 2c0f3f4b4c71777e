using System.Collections.Concurrent;

namespace EarlyWarning.Scoring.Operations;

/// <summary>
/// What of the operations is in this process alone: those that run, and the signals that one waits, or has ended. Thread-safe.
/// </summary>
internal sealed class LiveOperations : IDisposable
{
    private readonly ConcurrentDictionary<string, LiveOperation> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _started = new(0);
    private TaskCompletionSource _ended = NewSignal();

    /// <summary>Completes when one ends, whichever it is.</summary>
    public Task NextEnd => Volatile.Read(ref _ended).Task;

    /// <summary>How far one has come; <see langword="null"/> where it does not run here.</summary>
    public (double Share, string Phase)? AdvanceOf(string name) => _running.TryGetValue(name, out var running) ? running.Advance : null;

    /// <summary>Whether one runs here.</summary>
    public bool Runs(string name) => _running.ContainsKey(name);

    /// <summary>Enters one that runs.</summary>
    public LiveOperation Begin(string name, DateTimeOffset? asOf, CancellationToken stopping) => _running[name] = new(asOf, stopping);

    /// <summary>Takes one out that runs no more.</summary>
    public void Leave(string name)
    {
        if (_running.TryRemove(name, out var running))
        {
            running.Dispose();
        }
    }

    /// <summary>Stops one, where it runs here.</summary>
    public void Cancel(string name)
    {
        if (_running.TryGetValue(name, out var running))
        {
            try
            {
                running.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has ended by itself in this moment.
            }
        }
    }

    /// <summary>Says that one waits.</summary>
    public void SignalStart() => _started.Release();

    /// <summary>Completes when one waits that was not seen yet.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await _started.WaitAsync(cancellationToken);

        // Whoever looks now sees all that were started until now.
        while (_started.Wait(0, CancellationToken.None))
        {
        }
    }

    /// <summary>Says that one has ended, whatever way.</summary>
    public void SignalEnd() => Interlocked.Exchange(ref _ended, NewSignal()).TrySetResult();

    /// <inheritdoc/>
    public void Dispose() => _started.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

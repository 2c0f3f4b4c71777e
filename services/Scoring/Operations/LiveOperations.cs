using System.Collections.Concurrent;

namespace EarlyWarning.Scoring.Operations;

/// <summary>
/// What of the operations is in this process alone: those that run in it. Thread-safe.
/// </summary>
internal sealed class LiveOperations
{
    /// <summary>The signal that one waits.</summary>
    public const string Started = "scoring_operation_started";

    /// <summary>The signal that one has ended, whatever way.</summary>
    public const string Ended = "scoring_operation_ended";

    private readonly ConcurrentDictionary<string, LiveOperation> _running = new(StringComparer.Ordinal);

    /// <summary>How far one has come; <see langword="null"/> where it does not run here.</summary>
    public (double Share, string Phase)? ProgressOf(string name) => _running.TryGetValue(name, out var running) ? running.Progress : null;

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
}

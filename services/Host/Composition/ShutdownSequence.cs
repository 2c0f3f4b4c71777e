namespace EarlyWarning.Host.Composition;

/// <summary>
/// The parts of a suite as they were started, and their stop the other way round. The stop takes a bounded time whatever a part does: one
/// that does not end is named and left to the end of the process, which loses nothing that was acknowledged.
/// </summary>
/// <param name="patience">How long all parts may take together.</param>
/// <param name="time">Measures it.</param>
/// <param name="report">Is told of each part that failed or was left.</param>
internal sealed class ShutdownSequence(TimeSpan patience, TimeProvider time, Action<string> report)
{
    /// <summary>What a part gets though those before it have used all the time: most need less.</summary>
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(1);

    private readonly Stack<(string Name, Func<Task> Stop)> _parts = new();

    /// <summary>Keeps a part, to be disposed of.</summary>
    public T Keep<T>(string name, T part)
        where T : IAsyncDisposable
    {
        Keep(name, () => part.DisposeAsync().AsTask());
        return part;
    }

    /// <summary>Keeps how a part is stopped.</summary>
    public void Keep(string name, Func<Task> stop) => _parts.Push((name, stop));

    /// <summary>Stops all parts, the last first. Never throws.</summary>
    public async Task StopAsync()
    {
        var started = time.GetTimestamp();
        while (_parts.TryPop(out var part))
        {
            var left = patience - time.GetElapsedTime(started);
            try
            {
                // On a thread of its own, because a part may also block the one that calls it.
                await Task.Run(part.Stop).WaitAsync(left > s_least ? left : s_least, time);
            }
            catch (TimeoutException)
            {
                report($"{part.Name} did not stop in time and was left. Everything that was acknowledged is kept.");
            }
#pragma warning disable CA1031 // The other parts are stopped all the same.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                report($"{part.Name} did not stop as it should ({exception.Message}). Everything that was acknowledged is kept.");
            }
        }
    }
}

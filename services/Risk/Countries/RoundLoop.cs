using System.Diagnostics;

namespace EarlyWarning.Risk.Countries;

/// <summary>
/// Runs rounds of work, one at a time, for as long as there is any or somebody asks for a round. What comes while one is under way is done
/// by the next, so that all who came meanwhile share it. Not thread-safe: all calls, and the rounds, belong to one scheduler.
/// </summary>
/// <param name="round">Does all that there is to do, and does not throw.</param>
/// <param name="hasWork">Whether there is more.</param>
internal sealed class RoundLoop(Func<Task> round, Func<bool> hasWork)
{
    private TaskCompletionSource? _next;
    private TaskCompletionSource? _ended;
    private bool _running;

    /// <summary>Completes when no round is under way, which under load may not come for hours.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>There is work: starts a round where none is under way.</summary>
    public void Start()
    {
        if (!_running)
        {
            _running = true;
            Running = RunAsync();
        }
    }

    /// <summary>Asks, within a round, for one more.</summary>
    public void Again() => _next ??= NewSignal();

    /// <summary>Asks for one whole round that begins after this call, and waits for its end.</summary>
    public Task NextAsync()
    {
        Again();
        var next = _next!.Task;
        Start();
        return next;
    }

    /// <summary>Waits for the end of the round that is under way, or of the next one; asks for none.</summary>
    public Task EndAsync() => (_ended ??= NewSignal()).Task;

    private async Task RunAsync()
    {
        try
        {
            // The loop serves all calls: what it does for one it does under the span of that one.
            Activity.Current = null;

            // Lets every call that came with this one into the same round.
            await Task.Yield();
            do
            {
                var next = _next;
                _next = null;
                await round();
                next?.TrySetResult();
                _ended?.TrySetResult();
                _ended = null;
            } while (hasWork() || _next is not null);
        }
        finally
        {
            _running = false;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

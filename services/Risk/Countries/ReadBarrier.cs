namespace EarlyWarning.Risk.Countries;

/// <summary>
/// Holds readers back while the state in memory is ahead of the disk, which is for one commit at most. Not thread-safe.
/// </summary>
internal sealed class ReadBarrier
{
    private TaskCompletionSource? _raised;

    public void Raise() => _raised ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Lower()
    {
        var raised = _raised;
        _raised = null;
        raised?.TrySetResult();
    }

    /// <summary>Completes while the barrier is down: what is read before the next wait is on the disk.</summary>
    public async Task PassAsync()
    {
        while (_raised is { } raised)
        {
            await raised.Task;
        }
    }
}

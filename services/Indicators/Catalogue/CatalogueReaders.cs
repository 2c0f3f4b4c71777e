namespace EarlyWarning.Indicators.Catalogue;

/// <summary>The processes that follow the catalogue, and how far each is. For one thread at a time.</summary>
/// <param name="time">Measures the waits.</param>
internal sealed class CatalogueReaders(TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, long> _readers = [];
    private TaskCompletionSource _changed = NewSignal();
    private TaskCompletionSource _heard = NewSignal();

    /// <summary>Somebody follows, and has everything up to a revision.</summary>
    public void Heard(string reader, long revision)
    {
        if (reader.Length > 0)
        {
            _readers[reader] = revision;
            Complete(ref _heard);
        }
    }

    /// <summary>Completes with the next change, when the time is over, or when whoever waits has gone.</summary>
    public Task ChangedAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        WaitAsync(_changed.Task, patience, cancellationToken);

    /// <summary>
    /// Tells all who wait that there is a change, and waits until all who follow have it, for a second at the most. Whoever has not asked
    /// by then is waited for no longer, until it asks again.
    /// </summary>
    public async Task TellAsync(long revision)
    {
        Complete(ref _changed);
        var began = time.GetTimestamp();
        List<string> behind;
        while ((behind = [.. _readers.Where(reader => reader.Value < revision).Select(reader => reader.Key)]).Count > 0)
        {
            if (s_patience - time.GetElapsedTime(began) is not { Ticks: > 0 } left)
            {
                behind.ForEach(gone => _readers.Remove(gone));
                return;
            }

            await WaitAsync(_heard.Task, left, CancellationToken.None);
        }
    }

    private async Task WaitAsync(Task signal, TimeSpan patience, CancellationToken cancellationToken) =>
        await signal
            .WaitAsync(patience, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    private static void Complete(ref TaskCompletionSource signal)
    {
        var before = signal;
        signal = NewSignal();
        before.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

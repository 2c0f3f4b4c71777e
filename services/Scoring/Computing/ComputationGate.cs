namespace EarlyWarning.Scoring.Computing;

/// <summary>
/// Lets heavy computations have so many processors together and no more; others wait in their order. They run on the thread pool, never on
/// the scheduler of a grain. Thread-safe.
/// </summary>
internal sealed class ComputationGate(ScoringOptions options, ScoringMetrics metrics) : IDisposable
{
    private readonly SemaphoreSlim _processors = new(options.Processors, options.Processors);

    /// <summary>Runs what uses one thread.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => RunAsync(_ => work(), 1, cancellationToken);

    /// <summary>Runs what can use several threads: as many as are free when its turn comes, which it is told.</summary>
    public Task<T> RunParallelAsync<T>(Func<int, T> work, CancellationToken cancellationToken) =>
        RunAsync(work, options.Processors, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _processors.Dispose();

    private async Task<T> RunAsync<T>(Func<int, T> work, int most, CancellationToken cancellationToken)
    {
        metrics.Waits(1);
        try
        {
            await _processors.WaitAsync(cancellationToken);
        }
        finally
        {
            metrics.Waits(-1);
        }

        var taken = 1;
        while (taken < most && _processors.Wait(0, CancellationToken.None))
        {
            taken++;
        }

        try
        {
            return await Task.Run(() => work(taken), cancellationToken);
        }
        finally
        {
            _processors.Release(taken);
        }
    }
}

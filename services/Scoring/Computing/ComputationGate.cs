using System.Diagnostics.Metrics;

namespace EarlyWarning.Scoring.Computing;

/// <summary>
/// Lets heavy computations have so many processors together and no more; others wait in their order. They run on the thread pool, never on
/// the scheduler of a grain. Thread-safe.
/// </summary>
internal sealed class ComputationGate : IDisposable
{
    private readonly int _most;
    private readonly SemaphoreSlim _processors;
    private long _waiting;

    /// <summary>Opens it.</summary>
    /// <param name="processors">How many processors there are for computations.</param>
    /// <param name="meters">Makes the meter under which those that wait are counted.</param>
    public ComputationGate(int processors, IMeterFactory meters)
    {
        _most = processors;
        _processors = new(processors, processors);
        meters
            .Create("EarlyWarning.Scoring")
            .CreateObservableUpDownCounter(
                "earlywarning.scoring.waiting",
                () => Volatile.Read(ref _waiting),
                "{computation}",
                "Computations that wait for a processor."
            );
    }

    /// <summary>Runs what uses one thread.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => RunAsync(_ => work(), 1, cancellationToken);

    /// <summary>Runs what can use several threads: as many as are free when its turn comes, which it is told.</summary>
    public Task<T> RunParallelAsync<T>(Func<int, T> work, CancellationToken cancellationToken) => RunAsync(work, _most, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _processors.Dispose();

    private async Task<T> RunAsync<T>(Func<int, T> work, int most, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _processors.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
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

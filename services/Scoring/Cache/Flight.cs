using EarlyWarning.Scoring.Computing;

namespace EarlyWarning.Scoring.Cache;

/// <summary>
/// One computation that any number of calls wait for, with what it reports on its way. It starts with the first that waits, and is
/// cancelled when nobody waits any more. Thread-safe.
/// </summary>
/// <typeparam name="T">The result.</typeparam>
internal sealed class Flight<T> : IProgress<ComputationProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly List<ComputationProgress> _reports = [];
    private readonly Lazy<Task<T>> _result;
    private TaskCompletionSource _reported = NewSignal();
    private int _passengers = 1;

    /// <summary>Takes the computation, which is given where to report and when to end.</summary>
    public Flight(Func<IProgress<ComputationProgress>, CancellationToken, Task<T>> compute) =>
        _result = new(() => Task.Run(() => compute(this, _ending.Token)));

    /// <summary>Joins, unless it is about to end.</summary>
    public bool TryBoard()
    {
        lock (_lock)
        {
            if (_passengers == 0)
            {
                return false;
            }

            _passengers++;
            return true;
        }
    }

    /// <summary>Waits until it is over, whatever came of it.</summary>
    public async Task EndedAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_result.Value).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Report(ComputationProgress value)
    {
        TaskCompletionSource reported;
        lock (_lock)
        {
            _reports.Add(value);
            (reported, _reported) = (_reported, NewSignal());
        }

        reported.SetResult();
    }

    /// <summary>
    /// Waits for the result and hands on reports, those from before too. Whoever stops waiting leaves, and the last one ends it.
    /// </summary>
    public async Task<T> WaitAsync(Func<ComputationProgress, Task>? onReport, CancellationToken cancellationToken)
    {
        var result = _result.Value;
        try
        {
            for (var (next, over) = (0, onReport is null); !over; )
            {
                over = result.IsCompleted;
                var (reports, more) = After(next);
                foreach (var report in reports)
                {
                    await onReport!(report);
                }

                next += reports.Length;
                await Task.WhenAny(result, more).WaitAsync(cancellationToken);
            }

            return await result.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(result);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ending.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private (ComputationProgress[] Reports, Task More) After(int next)
    {
        lock (_lock)
        {
            return ([.. _reports.Skip(next)], _reported.Task);
        }
    }

    private void Leave(Task result)
    {
        lock (_lock)
        {
            if (--_passengers > 0 || result.IsCompleted)
            {
                return;
            }
        }

        _ending.Cancel();
    }
}

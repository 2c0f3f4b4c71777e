using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Ledger.Audit;

/// <summary>
/// Takes entries: writes those of acts, counts those of refusals, keeps in memory what the store does not take now. Thread-safe.
/// </summary>
internal sealed class AuditLog(AuditChain chain, AuditOptions options, TimeProvider time) : IAuditLog, IDisposable
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly Queue<V1.AuditEntry> _waiting = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly RefusalTally _tally = new(options, time.GetUtcNow());
    private long _exceeded;
    private long _turned = time.GetTimestamp();

    /// <summary>How many entries wait for the store.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    public async Task KeepAsync(V1.AuditEntry entry)
    {
        try
        {
            // Whoever asked may have gone; what was done goes on record.
            await chain.KeepAsync(AuditEntries.TextOf(entry), CancellationToken.None);
        }
#pragma warning disable CA1031 // The act was done: its caller is answered, and the entry follows.
        catch (Exception)
#pragma warning restore CA1031
        {
            Enqueue(entry);
        }
    }

    public void Add(V1.AuditEntry entry) => Enqueue(entry);

    public void Count(FaultKind kind, Func<V1.AuditEntry> entry)
    {
        lock (_gate)
        {
            if (_tally.Take(kind, entry, time.GetUtcNow()) is { } first)
            {
                Enqueue(first);
            }
        }
    }

    /// <summary>Waits until something is to be written, at most for a time.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => _signal.WaitAsync(most, cancellationToken);

    /// <summary>Writes what waits, and what was counted where the minute is over or all is to be written.</summary>
    /// <exception cref="StoreUnavailableException">The store does not take it; nothing is lost.</exception>
    public async Task WriteAsync(bool all, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            Turn(all);
            while (Next() is { } entry)
            {
                await chain.KeepAsync(AuditEntries.TextOf(entry), cancellationToken);
                Written(entry);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        _signal.Dispose();
        _writing.Dispose();
    }

    private void Turn(bool all)
    {
        lock (_gate)
        {
            if (!all && time.GetElapsedTime(_turned) < s_minute)
            {
                return;
            }

            _turned = time.GetTimestamp();
            foreach (var counted in _tally.Turn(time.GetUtcNow()))
            {
                Enqueue(counted);
            }

            if (_exceeded > 0 && _waiting.Count < options.MostWaiting)
            {
                var lost = AuditEntries.Own(
                    RefusalTally.Others,
                    "",
                    FormattableString.Invariant(
                        $"While the store took nothing, {_exceeded} entries more than are kept in memory came; they are only counted."
                    ),
                    time.GetUtcNow()
                );
                (lost.Count, lost.Code) = (_exceeded, "RESOURCE_EXHAUSTED");
                _exceeded = 0;
                _waiting.Enqueue(lost);
            }
        }
    }

    private V1.AuditEntry? Next()
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out var entry) ? entry : null;
        }
    }

    private void Written(V1.AuditEntry entry)
    {
        lock (_gate)
        {
            if (_waiting.TryPeek(out var first) && first == entry)
            {
                _waiting.Dequeue();
            }
        }
    }

    private void Enqueue(V1.AuditEntry entry)
    {
        lock (_gate)
        {
            if (_waiting.Count >= options.MostWaiting)
            {
                _exceeded++;
                return;
            }

            _waiting.Enqueue(entry);
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }
}

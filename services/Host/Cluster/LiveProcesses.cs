using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Processes;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// The suite's processes as they were within the last second. While the store does not answer, those that were known last are taken to live
/// on. Thread-safe.
/// </summary>
/// <param name="processes">Where they are listed.</param>
/// <param name="time">Measures how old the list is.</param>
internal sealed class LiveProcesses(IProcesses processes, TimeProvider time)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private volatile ProcessList? _last;
    private Task<IReadOnlyList<SuiteProcess>>? _reading;

    /// <summary>Gets this process's id.</summary>
    public string Own => processes.Own;

    /// <summary>Lists those that live, this one among them, by their ids.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer, and never did.</exception>
    public ValueTask<IReadOnlyList<SuiteProcess>> ListAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < s_fresh)
        {
            return new(last.Processes);
        }

        lock (_lock)
        {
            _reading = _reading is { IsCompleted: false } reading ? reading : ReadAsync();
            return new(_reading.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Lists the others that run a service, in an order that shares calls among them.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<SuiteProcess[]> OthersWithAsync(string service, CancellationToken cancellationToken)
    {
        SuiteProcess[] others =
        [
            .. (await ListAsync(cancellationToken)).Where(process =>
                process.Id != Own && process.Peer.Length > 0 && process.Services.Contains(service)
            ),
        ];
        Random.Shared.Shuffle(others);
        return others;
    }

    private async Task<IReadOnlyList<SuiteProcess>> ReadAsync()
    {
        IReadOnlyList<SuiteProcess> found;
        try
        {
            found = [.. (await processes.ListAsync(CancellationToken.None).WaitAsync(s_patience, time)).Where(process => process.IsAlive)];
        }
        catch (Exception exception) when (exception is StoreUnavailableException or TimeoutException)
        {
            found = _last?.Processes
                ?? throw new StoreUnavailableException($"Which processes the suite has is not known: {exception.Message}");
        }

        _last = new(found, time.GetTimestamp());
        return found;
    }

    private sealed record ProcessList(IReadOnlyList<SuiteProcess> Processes, long At);
}

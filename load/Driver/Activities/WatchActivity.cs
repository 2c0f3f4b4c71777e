using System.Collections.Concurrent;
using EarlyWarning.Driver.Catalogue;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Driver.Activities;

/// <summary>Each caller has a watch of its own open; a call is the wait for its next response.</summary>
internal sealed class RiskWatchActivity(Workbench bench) : IActivity
{
    private readonly ConcurrentDictionary<long, AsyncServerStreamingCall<WatchCountryRisksResponse>> _watches = new();

    public async Task<Called> CallAsync(long number, CancellationToken cancellationToken)
    {
        var watch = _watches.GetOrAdd(
            number,
            static (caller, on) =>
                new RiskService.RiskServiceClient(on.Reader(caller)).WatchCountryRisks(new() { Parent = LoadFramework.Name }),
            bench
        );
        return await watch.ResponseStream.MoveNext(cancellationToken)
            ? new(watch.ResponseStream.Current.Risks.Count)
            : throw new RpcException(new(StatusCode.Unavailable, "The suite ended the watch."));
    }

    public ValueTask DisposeAsync()
    {
        foreach (var watch in _watches.Values)
        {
            watch.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>The same of breaches, each change of which comes once and in order.</summary>
internal sealed class BreachWatchActivity(Workbench bench) : IActivity
{
    private readonly ConcurrentDictionary<long, Watch> _watches = new();

    public async Task<Called> CallAsync(long number, CancellationToken cancellationToken)
    {
        var watch = _watches.GetOrAdd(
            number,
            static (caller, on) => new(new BreachService.BreachServiceClient(on.Reader(caller)).WatchBreaches(new())),
            bench
        );
        if (!await watch.Call.ResponseStream.MoveNext(cancellationToken))
        {
            throw new RpcException(new(StatusCode.Unavailable, "The suite ended the watch."));
        }

        if (watch.Call.ResponseStream.Current.Breach is not { } breach)
        {
            return new(0);
        }

        if (watch.Last.TryGetValue(breach.Name, out var last) && breach.Sequence <= last)
        {
            bench.Wrongs.Enqueue($"a watch was sent change {breach.Sequence} of {breach.Name} after {last}");
        }

        watch.Last[breach.Name] = breach.Sequence;
        return new(1);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var watch in _watches.Values)
        {
            watch.Call.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private sealed class Watch(AsyncServerStreamingCall<WatchBreachesResponse> call)
    {
        public AsyncServerStreamingCall<WatchBreachesResponse> Call => call;

        /// <summary>The last change of each breach.</summary>
        public Dictionary<string, long> Last { get; } = new(StringComparer.Ordinal);
    }
}

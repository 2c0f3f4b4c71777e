using System.Diagnostics;
using EarlyWarning.Driver.Activities;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Driver.Targets;

/// <summary>Hears of breaches by a watch, where the suite is somebody else's and knows no webhook of ours.</summary>
internal sealed class BreachNews : IAsyncDisposable
{
    private readonly AsyncServerStreamingCall<WatchBreachesResponse> _watch;
    private readonly Task _reading;

    public BreachNews(CallInvoker suite)
    {
        _watch = new BreachService.BreachServiceClient(suite).WatchBreaches(new());
        _reading = Task.Run(ReadAsync);
    }

    public HeardWarnings Warnings { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var answer in _watch.ResponseStream.ReadAllAsync())
            {
                if (answer.Breach is { } breach)
                {
                    var fires = breach.State == Breach.Types.State.Firing;
                    Warnings.Hear(breach.Country, breach.Name, fires, $"{breach.Sequence}", Stopwatch.GetTimestamp());
                }
            }
        }
        catch (RpcException)
        {
            // The watch was disposed, or the suite ended it; whoever waits for a warning says that none came.
        }
    }
}

using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Access.Tests.Rates;

/// <content>Calls, and what is said of those that are refused.</content>
public sealed partial class RateTests
{
    private Task<TraceResponse> TraceAsync(string key) =>
        new TraceService.TraceServiceClient(_channel).TraceAsync(new() { Id = "one" }, With(key), cancellationToken: Cancel).ResponseAsync;

    private async Task<AsyncServerStreamingCall<WatchCountryRisksResponse>> WatchAsync(string key)
    {
        var watch = new RiskService.RiskServiceClient(_channel).WatchCountryRisks(
            new() { Parent = "frameworks/small", ResumeToken = SmallServer.Staying },
            With(key),
            cancellationToken: Cancel
        );
        await watch.ResponseStream.MoveNext(Cancel);
        return watch;
    }

    private static Metadata With(string key) => key.Length == 0 ? [] : new() { { "authorization", $"Bearer {key}" } };

    private static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.ResourceExhausted)
        {
            return false;
        }
    }

    // Calls until one is refused for its rate; what else may refuse it on the way is said.
    private static async Task<(RpcException Error, ErrorInfo Info, TimeSpan Delay)> RefusalAsync(
        Func<Task> call,
        StatusCode before = StatusCode.OK
    )
    {
        for (var i = 0; i < 10_000; i++)
        {
            try
            {
                await call();
            }
            catch (RpcException error) when (error.StatusCode == before)
            {
                // Not for its rate.
            }
            catch (RpcException error)
            {
                var status = error.GetRpcStatus()!;
                return (error, status.GetDetail<ErrorInfo>(), status.GetDetail<RetryInfo>()?.RetryDelay.ToTimeSpan() ?? TimeSpan.Zero);
            }
        }

        throw new InvalidOperationException("Nothing was refused.");
    }
}

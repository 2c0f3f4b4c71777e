using System.Collections.Concurrent;
using System.Diagnostics;
using EarlyWarning.Driver.Catalogue;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Driver.Activities;

/// <summary>
/// Fires a threshold of a country, waits until its recipient has been told, and resolves it again. What is timed is the way of the warning:
/// from the observation that causes it to its webhook.
/// </summary>
internal sealed class WarningActivity(Workbench bench) : IActivity
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private long _sent;

    public async Task<Called> CallAsync(long number, CancellationToken cancellationToken)
    {
        var country = bench.Countries[(int)(number % bench.Countries.Count)];
        var turn = _turns.GetOrAdd(country, static _ => new(1));
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            var began = Stopwatch.GetTimestamp();
            var told = await SendAsync(number, country, fires: true);
            await SendAsync(number, country, fires: false);
            return new(1, began, told);
        }
        catch (TimeoutException)
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, $"Nobody was told of {country} within {s_patience.TotalSeconds:0} s."));
        }
        finally
        {
            turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var turn in _turns.Values)
        {
            turn.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task<long> SendAsync(long number, string country, bool fires)
    {
        var heard = bench.Warnings.NextAsync(country, fires);
        var observation = new Observation
        {
            ObservationId = $"{bench.Run}-warning-{Interlocked.Increment(ref _sent)}",
            Country = country,
            Indicator = WarningFramework.Indicator,
            Value = fires ? WarningFramework.High : WarningFramework.Low,
            ObservedAt = DateTimeOffset.UtcNow.ToTimestamp(),
            Source = "warning",
        };
        try
        {
            var answer = await new ObservationService.ObservationServiceClient(bench.Reader(number)).RecordObservationAsync(
                new() { Observation = observation },
                deadline: Workbench.Deadline
            );
            bench.Answers.Add([observation], [answer.Outcome]);
        }
        catch (RpcException)
        {
            bench.Answers.Fail(1);
            throw;
        }

        return await heard.WaitAsync(s_patience);
    }
}

using System.Collections.Concurrent;
using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Scenarios;
using Grpc.Core;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;
using NBomberScenario = NBomber.CSharp.Scenario;

namespace EarlyWarning.NBomberLoad;

/// <summary>
/// A flow as a scenario of NBomber's. Uses only what NBomber 4.1 and later have in common. NBomber counts from when it began a call, so a
/// call of the open model that it began late is not seen as late: the driver's own figures are corrected for that, these are not.
/// </summary>
internal sealed class NBomberFlow : IAsyncDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>A copy that is kept starts again at once: without a wait a suite that is down gets thousands of calls a second.</summary>
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromMilliseconds(250);
    private readonly Flow _flow;
    private readonly IActivity _activity;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentBag<long> _idle = [];
    private long _calls,
        _items;

    public NBomberFlow(Flow flow, TimeSpan duration, Workbench bench)
    {
        (_flow, _activity) = (flow, flow.Begin(bench));
        for (var caller = 0; flow.Profile is ClosedProfile closed && caller < closed.Copies; caller++)
        {
            _idle.Add(caller);
        }

        Scenario = NBomberScenario
            .Create(Name, async _ => await CallAsync())
            .WithInit(_ =>
            {
                // What waits for something to happen would wait beyond the end.
                _over.CancelAfter(duration);
                return Task.CompletedTask;
            })
            // Its warm-up would be in the suite's counts and not in NBomber's.
            .WithoutWarmUp()
            .WithLoadSimulations([.. Simulations(flow.Profile, duration)]);
    }

    /// <summary>NBomber's names take no spaces in files.</summary>
    public string Name => _flow.Name.Replace(' ', '_');

    public ScenarioProps Scenario { get; }

    /// <summary>Its figures in the driver's terms. NBomber has no p90 and no p99.9: the next that it has stands for each.</summary>
    public FlowReport Report(ScenarioStats stats, TimeSpan duration)
    {
        var latency = new Latency(
            stats.Ok.Latency.MeanMs,
            stats.Ok.Latency.Percent50,
            stats.Ok.Latency.Percent95,
            stats.Ok.Latency.Percent99,
            stats.Ok.Latency.MaxMs,
            stats.Ok.Latency.MaxMs,
            []
        );
        var (good, failed, items) = ((long)stats.Ok.Request.Count, (long)stats.Fail.Request.Count, Interlocked.Read(ref _items));
        return new(
            _flow.Name,
            _flow.Profile is OpenProfile ? "open, by NBomber" : "closed, by NBomber",
            _flow.Unit,
            good + failed,
            good,
            items,
            failed,
            Dropped: 0,
            new Dictionary<string, long>(),
            items / duration.TotalSeconds,
            latency,
            latency,
            Corrected: null,
            new(true, 0, "not looked at"),
            []
        )
        {
            Waits = _flow.Waits,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _activity.DisposeAsync();
        _over.Dispose();
    }

    private static IEnumerable<LoadSimulation> Simulations(Profile profile, TimeSpan duration)
    {
        if (profile is not OpenProfile open)
        {
            yield return Simulation.KeepConstant(copies: ((ClosedProfile)profile).Copies, during: duration);
            yield break;
        }

        foreach (var segment in open.Segments)
        {
            // A ramp begins at the rate that there is.
            var (rate, during) = (Math.Max(1, (int)Math.Round(segment.To)), duration * segment.Share);
            yield return segment.From == segment.To
                ? Simulation.Inject(rate: rate, interval: s_second, during: during)
                : Simulation.RampingInject(rate: rate, interval: s_second, during: during);
        }
    }

    private async Task<IResponse> CallAsync()
    {
        // NBomber never keeps more copies than it was told, so of a closed flow one caller is idle.
        var isCaller = _idle.TryTake(out var caller);
        try
        {
            var called = await _activity.CallAsync(isCaller ? caller : Interlocked.Increment(ref _calls) - 1, _over.Token);
            Interlocked.Add(ref _items, called.Items);
            if (_flow.Profile is ClosedProfile { Think.Ticks: > 0 } thinking)
            {
                await Task.Delay(thinking.Think);
            }

            return Response.Ok();
        }
        catch (Exception ended) when (_over.IsCancellationRequested && ended is RpcException or OperationCanceledException)
        {
            return Response.Ok();
        }
        catch (RpcException refused)
        {
            await Task.Delay(s_afterFailure);
            return Response.Fail(statusCode: refused.StatusCode.ToString(), message: refused.Status.Detail);
        }
        finally
        {
            if (isCaller)
            {
                _idle.Add(caller);
            }
        }
    }
}

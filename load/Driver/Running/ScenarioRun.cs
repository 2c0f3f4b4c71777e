using System.Diagnostics;
using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Scenarios;

namespace EarlyWarning.Driver.Running;

/// <summary>Puts all flows of a scenario on a suite at the same time, and takes everything down second by second.</summary>
internal static class ScenarioRun
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>Runs it; returns when the last call is answered.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="bench">What its activities share.</param>
    /// <param name="sampler">Reads machine and processes.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancellationToken">Ends it early; what was measured until then counts.</param>
    public static async Task<RunResult> RunAsync(
        Scenario scenario,
        Workbench bench,
        Sampler sampler,
        Action<string> progress,
        CancellationToken cancellationToken
    )
    {
        var flows = scenario.Flows.Select(flow => (Flow: flow, Result: new FlowResult(flow), Activity: flow.Begin(bench))).ToArray();
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var origin = Stopwatch.GetTimestamp();
            var running = flows
                .Select(one =>
                    Task.Run(
                        () =>
                            Callers.RunAsync(
                                one.Flow,
                                one.Activity,
                                one.Result.Recorder,
                                origin,
                                scenario.Warmup,
                                scenario.Duration,
                                stop.Token
                            ),
                        CancellationToken.None
                    )
                )
                .ToArray();
            var samples = await WatchAsync(
                scenario,
                [.. flows.Select(one => one.Result)],
                Task.WhenAll(running),
                origin,
                sampler,
                progress,
                cancellationToken
            );
            await stop.CancelAsync();
            await Task.WhenAll(running);
            return new([.. flows.Select(one => one.Result)], samples, scenario.Warmup.TotalSeconds);
        }
        finally
        {
            foreach (var (_, _, activity) in flows)
            {
                await activity.DisposeAsync();
            }
        }
    }

    private static async Task<List<MachineSample>> WatchAsync(
        Scenario scenario,
        FlowResult[] flows,
        Task running,
        long origin,
        Sampler sampler,
        Action<string> progress,
        CancellationToken cancellationToken
    )
    {
        List<MachineSample> samples = [];
        sampler.Begin();
        var end = scenario.Warmup + scenario.Duration;
        var last = TimeSpan.Zero;
        for (var tick = s_second; last < end && !cancellationToken.IsCancellationRequested; tick += s_second)
        {
            await Task.Delay(Positive(tick - Stopwatch.GetElapsedTime(origin)), cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (running.IsFaulted)
            {
                break;
            }

            var now = Stopwatch.GetElapsedTime(origin);
            var measured = last >= scenario.Warmup - TimeSpan.FromMilliseconds(500);
            foreach (var flow in flows)
            {
                flow.Take(now.TotalSeconds, (now - last).TotalSeconds, measured);
            }

            last = now;
            try
            {
                samples.Add(await sampler.TakeAsync(now.TotalSeconds, cancellationToken));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            if ((int)tick.TotalSeconds % 10 == 0)
            {
                var flow = flows[0];
                var window = flow.Windows[^1];
                progress($"{tick.TotalSeconds, 5:0} s   {flow.Flow.Name} {window.Items / window.Seconds:N0} {flow.Flow.Unit}/s");
            }
        }

        return samples;
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}

/// <summary>What a run came to.</summary>
/// <param name="Flows">Each flow.</param>
/// <param name="Samples">Each second of the machine.</param>
/// <param name="WarmupSeconds">How long it was warmed up.</param>
internal sealed record RunResult(IReadOnlyList<FlowResult> Flows, IReadOnlyList<MachineSample> Samples, double WarmupSeconds)
{
    /// <summary>How long was measured; none where it was ended before.</summary>
    public double Seconds => Flows.Count == 0 ? 0 : Flows[0].MeasuredSeconds;
}

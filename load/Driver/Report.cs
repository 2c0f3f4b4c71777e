using System.Globalization;
using EarlyWarning.Driver.Scenarios;
using EarlyWarning.Driver.Targets;
using EarlyWarning.Host.Composition;
using EarlyWarning.V1;
using Grpc.Net.Client;

namespace EarlyWarning.Driver;

/// <summary>Runs everything in one go and prints what it saw. Exit code 1 where the suite's counts and the client's differ.</summary>
internal static class Report
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(LoadShape shape, TextWriter console, CancellationToken cancellationToken)
    {
        await using var webhooks = await Webhooks.ListenAsync(cancellationToken);
        await using var suite = await SuiteTarget.StartAsync(webhooks.Address, cancellationToken);
        Say($"start-up to ready                 {suite.StartUp.TotalSeconds, 10:0.00} s");
        await Task.Delay(s_rest, cancellationToken);
        Say($"memory at rest                    {suite.Process.ResidentMegabytes, 10:0} MB");

        var way = await webhooks.MeasureAsync(suite.Channel, shape.Breaches, cancellationToken);
        Say($"observation to webhook, median    {way.GetValueAtPercentile(50) / 1e3, 10:0.00} ms");
        Say(
            $"observation to webhook, p99       {way.GetValueAtPercentile(99) / 1e3, 10:0.00} ms   ({shape.Breaches} breaches, one at a time)"
        );

        await LoadFramework.DefineAsync(suite.Channel, shape.Indicators, cancellationToken);
        var port = FreePort.Take();
        using var echo = new ChildProcess(
            ChildProcess.Executable("Driver", "EarlyWarning.Driver"),
            ["echo", port.ToString(CultureInfo.InvariantCulture)]
        );
        using var echoChannel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        await echoChannel.ConnectAsync(cancellationToken);

        // Before and after, so that a machine that gets faster or slower on the way shows.
        var before = await new Throughput([echoChannel], shape, "echo-before").RunAsync(
            shape.Warmup / 2,
            Math.Max(1, shape.Seconds / 4),
            cancellationToken
        );
        var counted = await suite.CountsAsync(cancellationToken);
        var processor = suite.Process.ProcessorTime;
        var run = await new Throughput([suite.Channel], shape with { Late = 0 }, "load").RunAsync(
            shape.Warmup,
            shape.Seconds,
            cancellationToken
        );
        var (counts, used) = (await suite.CountsAsync(cancellationToken), suite.Process.ProcessorTime - processor);
        var after = await new Throughput([echoChannel], shape, "echo-after").RunAsync(
            shape.Warmup / 2,
            Math.Max(1, shape.Seconds / 4),
            cancellationToken
        );

        Say($"bare gRPC echo, before and after  {before.PerSecond, 10:N0} and {after.PerSecond:N0} observations/s");
        Say(
            $"acknowledged durably              {run.PerSecond, 10:N0} observations/s   ({run.Elapsed.TotalSeconds:0} s, {shape.Countries} countries × {shape.Indicators} indicators, batches of {shape.Batch}, {shape.Streams} streams × {shape.InFlight} in flight)"
        );
        Say($"share of the echo                 {run.PerSecond / ((before.PerSecond + after.PerSecond) / 2), 10:P0}");
        Say($"batch acknowledged, median        {run.Latency.GetValueAtPercentile(50) / 1e3, 10:0.0} ms");
        Say($"batch acknowledged, p99           {run.Latency.GetValueAtPercentile(99) / 1e3, 10:0.0} ms");
        Say($"processor time per observation    {used.TotalMicroseconds / Math.Max(1, run.Recorded + run.Duplicates), 10:0.00} µs");
        Say($"memory under load                 {suite.Process.ResidentMegabytes, 10:0} MB");
        var agree = Reconcile(run, counted, counts);
        if (shape.Late > 0)
        {
            var late = await new Throughput([suite.Channel], shape, "late").RunAsync(shape.Warmup, shape.Seconds, cancellationToken);
            Say(
                $"the same with {shape.Late} % late           {late.PerSecond, 10:N0} observations/s   ({late.PerSecond / run.PerSecond:P0} of those in order)"
            );
            Say($"memory after that                 {suite.Process.ResidentMegabytes, 10:0} MB");
            agree = Math.Max(agree, Reconcile(late, counts, await suite.CountsAsync(cancellationToken)));
        }

        return agree;

        void Say(FormattableString line) => console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

        int Reconcile(ThroughputResult client, IntakeCounts start, IntakeCounts end)
        {
            var (recorded, duplicates) = (end.Recorded - start.Recorded, end.Duplicates - start.Duplicates);
            var agrees = recorded == client.Recorded && duplicates == client.Duplicates && client.Other == 0;
            Say(
                $"counts {(agrees ? "agree" : "DIFFER")}: client {client.Recorded} recorded, {client.Duplicates} duplicates, {client.Other} other; suite {recorded} recorded, {duplicates} duplicates"
            );
            return agrees ? 0 : 1;
        }
    }
}

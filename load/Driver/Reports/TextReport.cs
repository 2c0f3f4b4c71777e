using System.Globalization;

namespace EarlyWarning.Driver.Reports;

/// <summary>The report for a terminal.</summary>
internal static class TextReport
{
    public static void Write(RunReport run, TextWriter writer)
    {
        Say($"{run.Scenario}: {run.Says}");
        Say($"against {run.Target}; {run.Machine}");
        Say($"{run.WarmupSeconds:0} s of warm-up, {run.Seconds:0} s measured");
        if (run.CutShortOf is { } meant)
        {
            Say($"CUT SHORT: {meant:0} s were meant to be measured");
        }

        Say($"");
        foreach (var flow in run.Flows)
        {
            Flow(flow);
        }

        foreach (var process in run.Processes)
        {
            Say(
                $"{process.Name, -12} {process.Processors, 6:0.00} processors   {process.MicrosecondsAnItem, 8:0.00} µs an item   "
                    + $"{process.Megabytes, 6:0} MB at most"
            );
        }

        foreach (var (name, value) in Facts(run))
        {
            Say($"{name, -34} {value}");
        }

        Say($"");
        foreach (var finding in run.Findings)
        {
            Say($"- {finding}");
        }

        foreach (var agreement in run.Reconciliation?.Agreements ?? [])
        {
            Say($"- agrees: {agreement}");
        }

        foreach (var difference in run.Reconciliation?.Differences ?? [])
        {
            Say($"- DIFFERS: {difference}");
        }

        Say($"");
        foreach (var limit in run.Limits)
        {
            Say($"{(limit.Holds ? "holds" : "FAILS")}   {limit.Name}: {Value(limit.Value)}, {limit.Bound}");
        }

        void Say(string line) => writer.WriteLine(line);

        void Flow(FlowReport flow)
        {
            Say($"{flow.Name} ({flow.Model})");
            Say(
                $"  {flow.ItemsPerSecond, 12:N0} {flow.Unit}/s   {flow.Calls:N0} calls answered of {flow.Offered:N0}, {flow.Failed:N0} "
                    + $"failed, {flow.Dropped:N0} not made"
            );
            if (!flow.Waits)
            {
                Latency("response", flow.Response);
                Latency("service", flow.Service);
                if (flow.Corrected is { } corrected)
                {
                    Latency("corrected", corrected);
                }

                Say($"  {(flow.Steady.IsSteady ? "steady" : "NOT STEADY")}: {flow.Steady.Says}");
            }

            foreach (var (why, times) in flow.Failures)
            {
                Say($"  failed: {why} {times:N0}");
            }
        }

        void Latency(string name, Latency latency) =>
            Say(
                $"  {name, -10} median {latency.P50:0.00}   p90 {latency.P90:0.00}   p99 {latency.P99:0.00}   p99.9 {latency.P999:0.00}  "
                    + $" max {latency.Max:0.00} ms"
            );
    }

    /// <summary>A limit's value in as many digits as somebody reads.</summary>
    public static string Value(double? value) =>
        value is { } measured ? measured.ToString(Math.Abs(measured) >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture) : "not known";

    /// <summary>What a run has beside its flows, as name and value.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(RunReport run)
    {
        if (run.StartSeconds is { } start)
        {
            yield return ("start of the process to ready", $"{start:0.00} s");
        }

        if (run.RestMegabytes is { } rest)
        {
            yield return ("memory at rest", $"{rest:0} MB");
        }

        if (run.DiskSyncMilliseconds is { } sync)
        {
            yield return ("4 KB write with fsync, median", $"{sync:0.00} ms");
        }

        if (run.Echo is { } echo)
        {
            yield return (
                "bare gRPC echo, before and after",
                $"{echo.BeforePerSecond:N0} and {echo.AfterPerSecond:N0} items/s, median {echo.P50:0.00} ms, p99 {echo.P99:0.00} ms"
            );
            yield return ("share of the echo", $"{echo.SharePercent:0} %");
        }

        if (run.Slopes?.MemoryMegabytesAnHour is { } memory)
        {
            yield return ("memory, second half", $"{memory:+#,0;-#,0;0} MB an hour");
        }

        if (run.Slopes is { DiskBytesAnObservation: { } bytes, DiskMegabytesAnHour: { } disk })
        {
            yield return ("store", $"{bytes:0.0} B an observation, {disk:N0} MB an hour");
        }
    }
}

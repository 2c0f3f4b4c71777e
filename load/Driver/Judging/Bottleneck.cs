using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Reports;

namespace EarlyWarning.Driver.Judging;

/// <summary>Says what limits a run, and from which figures that follows.</summary>
internal static class Bottleneck
{
    /// <summary>From here on the processors have nothing to spare: what more would be sent waits for its turn.</summary>
    private const double FullPercent = 88;
    private const double DiskWaitPercent = 25;
    private const double LinkPercent = 70;

    /// <summary>What other programs may take of the processors.</summary>
    private const double MostOfOthers = 0.15;
    private const double KeptPercent = 98;

    /// <summary>Finds it in a run's flows, samples and processes; sentences, the first of which is the state of the machine.</summary>
    public static IReadOnlyList<string> Find(RunReport run)
    {
        List<string> findings = [];
        var measured = run.Samples.Where(sample => sample.At > run.WarmupSeconds).ToList();
        if (measured.Count == 0)
        {
            return findings;
        }

        var wait = measured.Average(sample => sample.WaitPercent);
        var shares = string.Join(", ", run.Processes.Select(process => $"{process.Name} {process.Processors:0.00}"));
        findings.Add(
            $"The machine's {run.Processors} processors were {run.BusyPercent:0} % in use ({shares}), and idle for a disk {wait:0} % of "
                + "the time."
        );
        findings.Add(Verdict(run, wait, measured));
        findings.AddRange(Open(run));
        findings.AddRange(Store(run, measured));
        if (run.Flows.Any(flow => flow is { Waits: false, Steady.IsSteady: false }))
        {
            findings.Add("Not every flow was steady: read its figures as those of a change.");
        }

        return findings;
    }

    private static string Verdict(RunReport run, double wait, List<MachineSample> measured)
    {
        var most = run.Processes.MaxBy(process => process.Processors);
        var client = run.Processes.FirstOrDefault(process => process.Name == "client")?.Processors ?? 0;
        if (run.BusyPercent >= FullPercent && run.OtherProcessors > MostOfOthers * run.Processors)
        {
            return $"Other programs took {run.OtherProcessors:0.0} of the processors, and none was free: measure again without them.";
        }

        if (run.BusyPercent >= FullPercent && most is not null)
        {
            return $"Processors limit: none is free, and {most.Name} uses most. The client itself takes {client:0.00}; "
                + "on a machine of its own the suite would have that too.";
        }

        var megabits = measured.Average(sample => sample.NetworkMegabits);
        if (run.LinkMegabits is { } link && megabits >= LinkPercent / 100 * link)
        {
            return $"The network limits: {megabits:N0} Mbit a second go over a link of {link:N0} each way.";
        }

        var offered = run.Flows.Where(flow => flow is { Waits: false } && flow.Model.StartsWith("open", StringComparison.Ordinal)).ToList();
        if (offered.Count > 0 && offered.All(flow => flow.KeptPercent >= KeptPercent))
        {
            return "Nothing limits: all that was offered was answered while it was offered.";
        }

        if (wait >= DiskWaitPercent)
        {
            return "The disk limits: processors are free, and wait for it.";
        }

        if (run.Flows.All(flow => flow.Waits || flow.Model.Contains("thought", StringComparison.Ordinal)))
        {
            return "Nothing limits: callers think longer than they wait.";
        }

        var appends = Rate(measured, SuiteMetrics.Appends);
        return run.DiskSyncMilliseconds is { } sync && appends is { } rate
            ? $"Neither processors nor the disk are at their end: callers wait for each other. {rate:N0} entries a second are committed, "
                + $"in groups, by one committer, which forces each group onto the disk ({sync:0.0} ms); more callers at once would make "
                + $"larger groups."
            : "Neither processors nor the disk are at their end: callers wait for answers, and more callers at once would get more done.";
    }

    private static IEnumerable<string> Open(RunReport run)
    {
        foreach (var flow in run.Flows.Where(flow => !flow.Waits && flow.Model.StartsWith("open", StringComparison.Ordinal)))
        {
            if (flow.KeptPercent < KeptPercent)
            {
                yield return $"Of {flow.Name} {flow.KeptPercent:0} % of what was offered was answered while it was offered: a queue "
                    + $"grew, and its latencies are those of the queue.";
            }

            if (flow.Response.P99 - flow.Service.P99 > Math.Max(2, flow.Service.P99 / 4))
            {
                yield return $"Calls of {flow.Name} were sent late: p99 is {flow.Response.P99:0.0} ms from when they were meant and "
                    + $"{flow.Service.P99:0.0} ms from when they were sent. The client had no processor for them.";
            }
        }
    }

    private static IEnumerable<string> Store(RunReport run, List<MachineSample> measured)
    {
        if (Rate(measured, SuiteMetrics.Appends) is { } appends and > 0 && Rate(measured, SuiteMetrics.Recorded) is { } rows)
        {
            yield return $"The store took {appends:N0} entries a second, of {rows / appends:0.0} observations each.";
        }

        var writes = measured
            .Select(sample => sample.Metrics.GetValueOrDefault(SuiteMetrics.WriteTime, -1))
            .Where(time => time >= 0)
            .ToList();
        if (writes.Count > 0 && run.DiskSyncMilliseconds is { } sync)
        {
            yield return $"A write of the suite's own probe took {1e3 * writes.Average():0.0} ms, its wait behind the load included; a "
                + $"bare 4 KB write with fsync took {sync:0.0} ms on the empty machine.";
        }
    }

    /// <summary>A counter's rise a second over the measured time.</summary>
    private static double? Rate(List<MachineSample> samples, string counter)
    {
        var known = samples.Where(sample => sample.Metrics.ContainsKey(counter)).ToList();
        return known is [var first, .., var last] ? (last.Metrics[counter] - first.Metrics[counter]) / (last.At - first.At) : null;
    }
}

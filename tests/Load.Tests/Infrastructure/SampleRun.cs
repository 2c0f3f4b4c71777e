using EarlyWarning.Driver.Reports;

namespace EarlyWarning.Load.Tests.Infrastructure;

/// <summary>A run with everything in it, of which a test changes what it is about.</summary>
internal static class SampleRun
{
    public static Latency Milliseconds(double p50, double p99) =>
        new(p50, p50, p50, p99, p99, p99, [new(0, p50), new(50, p50), new(99, p99), new(99.9, p99)]);

    public static FlowReport Flow(string model = "open, 100 calls/s, Poisson", long offered = 1_000, long calls = 1_000, double p99 = 20) =>
        new(
            "reports",
            model,
            "observations",
            offered,
            calls,
            20 * calls,
            Failed: 0,
            Dropped: 0,
            new Dictionary<string, long>(),
            ItemsPerSecond: 2 * calls,
            Milliseconds(5, p99),
            Milliseconds(5, p99),
            Corrected: null,
            new(true, 0, "even"),
            [.. Enumerable.Range(1, 15).Select(i => new Window(i, 100, 100, 2_000, 0, 5, p99, p99, 1))]
        );

    public static RunReport With(
        FlowReport? flow = null,
        double busy = 40,
        double waiting = 0,
        IReadOnlyList<MachineSample>? samples = null,
        ReconciliationReport? found = null
    ) =>
        new()
        {
            Scenario = "steady",
            Says = "Says what <it> is.",
            Target = "the suite",
            Machine = "a machine",
            Processors = 2,
            Started = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
            WarmupSeconds = 5,
            Seconds = 10,
            Flows = [flow ?? Flow()],
            Samples = samples ?? [.. Enumerable.Range(1, 15).Select(i => Sample(i, busy, waiting))],
            Ledger = new(20_000, 0, 0, 0, 0, 0),
            Processes = [new("suite", 1.2, 6, 400), new("client", 0.5, 2.5, 100)],
            Reconciliation = found ?? new(["all"], []),
            DiskSyncMilliseconds = 1.5,
        };

    public static MachineSample Sample(
        double at,
        double busy,
        double waiting = 0,
        params IEnumerable<(string Name, double Value)> metrics
    ) =>
        new(
            at,
            busy,
            waiting,
            NetworkMegabits: 3,
            new Dictionary<string, double> { ["suite"] = 1.2, ["client"] = 0.5 },
            new Dictionary<string, double> { ["suite"] = 400 + at, ["client"] = 100 },
            metrics.ToDictionary(metric => metric.Name, metric => metric.Value)
        );
}

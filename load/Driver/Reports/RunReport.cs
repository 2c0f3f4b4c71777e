using EarlyWarning.Driver.Partners;

namespace EarlyWarning.Driver.Reports;

/// <summary>All that a run came to. Text, JSON and the page are written from it alone.</summary>
internal sealed record RunReport
{
    public required string Scenario { get; init; }

    public required string Says { get; init; }

    /// <summary>What it ran against, in words.</summary>
    public required string Target { get; init; }

    public required string Machine { get; init; }

    /// <summary>How many processors the client's machine has.</summary>
    public required int Processors { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required double WarmupSeconds { get; init; }

    /// <summary>How long was measured.</summary>
    public required double Seconds { get; init; }

    /// <summary>How long was meant to be measured, where somebody ended the run before; its limits are not held then.</summary>
    public double? CutShortOf { get; init; }

    public required IReadOnlyList<FlowReport> Flows { get; init; }

    /// <summary>One a second, the warm-up's too.</summary>
    public required IReadOnlyList<MachineSample> Samples { get; init; }

    public required LedgerReport Ledger { get; init; }

    public IReadOnlyList<ProcessReport> Processes { get; init; } = [];

    public ReconciliationReport? Reconciliation { get; init; }

    public SlopeReport? Slopes { get; init; }

    public EchoReport? Echo { get; init; }

    /// <summary>From the start of the suite's process to its first answer that says ready; absent where it ran already.</summary>
    public double? StartSeconds { get; init; }

    /// <summary>What the suite's process held before any load; absent where it ran already.</summary>
    public double? RestMegabytes { get; init; }

    /// <summary>A small write that is forced onto the disk of the store: median, in milliseconds.</summary>
    public double? DiskSyncMilliseconds { get; init; }

    /// <summary>What the client's fastest network link carries, in megabits a second each way; absent where none says.</summary>
    public double? LinkMegabits { get; init; }

    /// <summary>What limits, and from what that follows, sentence by sentence.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    public IReadOnlyList<JudgedLimit> Limits { get; init; } = [];

    public bool Holds => CutShortOf is null && Limits.All(limit => limit.Holds);

    /// <summary>How much of the machine's processors was in use while it was measured.</summary>
    public double BusyPercent =>
        Samples.Where(sample => sample.At > WarmupSeconds).Select(sample => sample.BusyPercent).DefaultIfEmpty(0).Average();

    /// <summary>Processors that others used than those that are measured.</summary>
    public double OtherProcessors => Math.Max(0, (BusyPercent / 100 * Processors) - Processes.Sum(process => process.Processors));

    public FlowReport? Flow(string name) => Flows.FirstOrDefault(flow => flow.Name == name);
}

/// <summary>What a flow came to while it was measured.</summary>
/// <param name="Name">The flow.</param>
/// <param name="Model">Open or closed, in words.</param>
/// <param name="Unit">What its items are.</param>
/// <param name="Offered">Calls that were meant to begin.</param>
/// <param name="Calls">Calls that were answered.</param>
/// <param name="Items">Items that were acknowledged.</param>
/// <param name="Failed">Calls that failed.</param>
/// <param name="Dropped">Calls that the client did not make, because too many were unanswered.</param>
/// <param name="Failures">Failed calls by why.</param>
/// <param name="ItemsPerSecond">Items a second.</param>
/// <param name="Response">From the moment at which a call was meant to begin (open) or began (closed).</param>
/// <param name="Service">From the moment at which it began.</param>
/// <param name="Corrected">Of a closed flow: as if each caller had gone on calling while it waited.</param>
/// <param name="Steady">Whether it ran evenly, and how that was seen.</param>
/// <param name="Windows">Second by second, the warm-up's too.</param>
internal sealed record FlowReport(
    string Name,
    string Model,
    string Unit,
    long Offered,
    long Calls,
    long Items,
    long Failed,
    long Dropped,
    IReadOnlyDictionary<string, long> Failures,
    double ItemsPerSecond,
    Latency Response,
    Latency Service,
    Latency? Corrected,
    SteadyReport Steady,
    IReadOnlyList<Window> Windows
)
{
    /// <summary>Whether its calls wait for something to happen, so that no latency is shown.</summary>
    public bool Waits { get; init; }

    public double KeptPercent => Offered == 0 ? 100 : 100.0 * Calls / Offered;
}

/// <summary>Latencies in milliseconds.</summary>
internal sealed record Latency(
    double Mean,
    double P50,
    double P90,
    double P99,
    double P999,
    double Max,
    IReadOnlyList<PercentilePoint> Distribution
);

/// <summary>A point of a distribution: the share, in percent, and what it stays below, in milliseconds.</summary>
internal sealed record PercentilePoint(double Percentile, double Milliseconds);

/// <summary>A second of a flow.</summary>
/// <param name="At">Its end, in seconds from the start of the warm-up.</param>
/// <param name="Offered">Calls that were meant to begin.</param>
/// <param name="Calls">Calls that were answered.</param>
/// <param name="Items">Items that were acknowledged.</param>
/// <param name="Failed">Calls that failed or were dropped.</param>
/// <param name="P50">The median in milliseconds; absent where nothing was answered.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Max">The longest.</param>
/// <param name="Seconds">How long it was.</param>
internal sealed record Window(
    double At,
    long Offered,
    long Calls,
    long Items,
    long Failed,
    double? P50,
    double? P99,
    double? Max,
    double Seconds
);

/// <summary>Whether the measured time was steady.</summary>
/// <param name="IsSteady">Neither rate nor latency drifted.</param>
/// <param name="DriftPercent">How much the rate changed from beginning to end, by a straight line through its seconds.</param>
/// <param name="Says">The same in words.</param>
internal sealed record SteadyReport(bool IsSteady, double DriftPercent, string Says);

/// <summary>A second of the machine and of the processes that are measured.</summary>
/// <param name="At">In seconds from the start of the warm-up.</param>
/// <param name="BusyPercent">How much of all processors was used, by whomever.</param>
/// <param name="WaitPercent">How much of them was idle while something waited for a disk.</param>
/// <param name="NetworkMegabits">What went over its network, both ways, in megabits a second.</param>
/// <param name="Processors">Processors used, by process: 1 is one whole.</param>
/// <param name="Megabytes">Memory held, by process.</param>
/// <param name="Metrics">The suite's own gauges and counters; empty in seconds in which they were not asked.</param>
internal sealed record MachineSample(
    double At,
    double BusyPercent,
    double WaitPercent,
    double NetworkMegabits,
    IReadOnlyDictionary<string, double> Processors,
    IReadOnlyDictionary<string, double> Megabytes,
    IReadOnlyDictionary<string, double> Metrics
);

/// <summary>A process while it was measured.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Processors">Processors that it used.</param>
/// <param name="MicrosecondsAnItem">Its processor time, by acknowledged item.</param>
/// <param name="Megabytes">The most memory that it held.</param>
internal sealed record ProcessReport(string Name, double Processors, double MicrosecondsAnItem, double Megabytes);

/// <summary>What the suite answered to items, warm-up included.</summary>
internal sealed record LedgerReport(long Recorded, long Duplicates, long Superseded, long Refused, long Retry, long Unanswered)
{
    public long NotTaken => Refused + Retry + Unanswered;

    public static LedgerReport Of(Answers answers) =>
        new(answers.Recorded, answers.Duplicates, answers.Superseded, answers.Refused, answers.Retry, answers.Unanswered);
}

/// <summary>The client's ledger beside the store.</summary>
/// <param name="Agreements">What agrees, in words.</param>
/// <param name="Differences">What does not; empty is good.</param>
internal sealed record ReconciliationReport(IReadOnlyList<string> Agreements, IReadOnlyList<string> Differences);

/// <summary>What grew.</summary>
/// <param name="MemoryMegabytesAnHour">The suite's memory, by a straight line through the second half.</param>
/// <param name="DiskBytesAnObservation">The store, by recorded observation.</param>
/// <param name="DiskMegabytesAnHour">The store, by time.</param>
internal sealed record SlopeReport(double? MemoryMegabytesAnHour, double? DiskBytesAnObservation, double? DiskMegabytesAnHour);

/// <summary>The same load on a bare gRPC echo of the same messages.</summary>
internal sealed record EchoReport(double BeforePerSecond, double AfterPerSecond, double SharePercent, double P50, double P99);

/// <summary>A limit and whether it holds.</summary>
internal sealed record JudgedLimit(string Name, string Bound, double? Value, bool Holds);

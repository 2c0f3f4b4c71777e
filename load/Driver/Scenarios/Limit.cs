using EarlyWarning.Driver.Reports;

namespace EarlyWarning.Driver.Scenarios;

/// <summary>What a run must hold.</summary>
/// <param name="Name">What it is about, such as <c>p99 of unary</c>.</param>
/// <param name="Unit">The unit of the bound.</param>
/// <param name="Bound">The most, or the least, that is allowed.</param>
/// <param name="IsLeast">It is the least.</param>
/// <param name="Measure">Reads it off a run; <see langword="null"/> where the run says nothing of it, which fails.</param>
internal sealed record Limit(string Name, string Unit, double Bound, bool IsLeast, Func<RunReport, double?> Measure)
{
    /// <summary>99 in a hundred answers of a flow come within so many milliseconds.</summary>
    public static Limit P99(string flow, double milliseconds) =>
        AtMost($"p99 of {flow}", "ms", milliseconds, run => run.Flow(flow)?.Response.P99);

    /// <summary>Half of the answers of a flow come within so many milliseconds.</summary>
    public static Limit Median(string flow, double milliseconds) =>
        AtMost($"median of {flow}", "ms", milliseconds, run => run.Flow(flow)?.Response.P50);

    /// <summary>So many items a second are acknowledged at least.</summary>
    public static Limit Rate(string flow, double perSecond) =>
        AtLeast($"rate of {flow}", "a second", perSecond, run => run.Flow(flow)?.ItemsPerSecond);

    /// <summary>So much of what was offered is answered while it is offered: no queue grows.</summary>
    public static Limit Kept(string flow, double percent = 98) =>
        AtLeast($"offered and answered of {flow}", "%", percent, run => run.Flow(flow)?.KeptPercent);

    /// <summary>No call fails, and no item is answered RETRY or REJECTED.</summary>
    public static Limit NoneFails { get; } =
        AtMost("calls and items that fail", "", 0, run => run.Flows.Sum(flow => flow.Failed + flow.Dropped) + run.Ledger.NotTaken);

    /// <summary>What was acknowledged is in the store, nothing is there twice, and each warning was told once.</summary>
    public static Limit Reconciled { get; } = AtMost("differences from the store", "", 0, run => run.Reconciliation?.Differences.Count);

    /// <summary>The suite's memory grows by so many MB an hour at most.</summary>
    public static Limit MemorySlope(double megabytesAnHour) =>
        AtMost("memory grows by", "MB an hour", megabytesAnHour, run => run.Slopes?.MemoryMegabytesAnHour);

    /// <summary>The store grows by so many bytes an observation at most.</summary>
    public static Limit DiskSlope(double bytesAnObservation) =>
        AtMost("the store grows by", "B an observation", bytesAnObservation, run => run.Slopes?.DiskBytesAnObservation);

    /// <summary>The suite does so much of what a bare echo of the same messages does.</summary>
    public static Limit ShareOfEcho(double percent) => AtLeast("share of the bare echo", "%", percent, run => run.Echo?.SharePercent);

    /// <summary>Judges a run.</summary>
    public JudgedLimit Judge(RunReport run)
    {
        var value = Measure(run);
        var holds = value is { } measured && (IsLeast ? measured >= Bound : measured <= Bound);
        var bound = $"{(IsLeast ? "at least" : "at most")} {Bound:#,0.##} {Unit}".TrimEnd();
        return new(Name, bound, value, holds);
    }

    private static Limit AtMost(string name, string unit, double bound, Func<RunReport, double?> measure) =>
        new(name, unit, bound, false, measure);

    private static Limit AtLeast(string name, string unit, double bound, Func<RunReport, double?> measure) =>
        new(name, unit, bound, true, measure);
}

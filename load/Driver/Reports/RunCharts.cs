using System.Globalization;

namespace EarlyWarning.Driver.Reports;

/// <summary>The charts of a run.</summary>
internal static class RunCharts
{
    private const string Seconds = "seconds from the start";

    public static IEnumerable<LineChart> Of(RunReport run)
    {
        var timed = run.Flows.Where(flow => !flow.Waits).ToList();
        yield return OverTime(
            "Items acknowledged",
            "a second",
            run.Flows.Select(flow => new ChartLine(
                flow.Name,
                [.. flow.Windows.Select(window => (window.At, window.Items / window.Seconds))]
            ))
        );
        yield return OverTime(
            "Response times",
            "ms",
            timed.SelectMany(flow =>
                new[]
                {
                    new ChartLine($"{flow.Name}, median", [.. flow.Windows.Select(window => (window.At, window.P50 ?? 0))]),
                    new ChartLine($"{flow.Name}, p99", [.. flow.Windows.Select(window => (window.At, window.P99 ?? 0))]),
                }
            )
        ) with
        {
            IsLogarithmic = true,
        };
        yield return Distribution(timed);
        yield return OverTime(
            "Calls offered and answered",
            "a second",
            timed
                .Where(flow => flow.Model.StartsWith("open", StringComparison.Ordinal))
                .SelectMany(flow =>
                    new[]
                    {
                        new ChartLine(
                            $"{flow.Name}, offered",
                            [.. flow.Windows.Select(window => (window.At, window.Offered / window.Seconds))]
                        ),
                        new ChartLine(
                            $"{flow.Name}, answered",
                            [.. flow.Windows.Select(window => (window.At, window.Calls / window.Seconds))]
                        ),
                    }
                )
        );
        yield return OverTime("Processors used", "processors", ByProcess(run, sample => sample.Processors));
        yield return OverTime("Memory held", "MB", ByProcess(run, sample => sample.Megabytes));

        LineChart OverTime(string title, string unit, IEnumerable<ChartLine> lines) =>
            new(title, Seconds, unit, [.. lines]) { MeasuredFrom = run.WarmupSeconds };
    }

    private static IEnumerable<ChartLine> ByProcess(RunReport run, Func<MachineSample, IReadOnlyDictionary<string, double>> read) =>
        run
            .Samples.SelectMany(sample => read(sample).Keys)
            .Distinct(StringComparer.Ordinal)
            .Select(name => new ChartLine(name, [.. run.Samples.Select(sample => (sample.At, read(sample).GetValueOrDefault(name)))]));

    /// <summary>The horizontal axis gives each further nine the same room.</summary>
    private static LineChart Distribution(IReadOnlyList<FlowReport> flows)
    {
        var lines = flows
            .SelectMany(flow =>
                new[]
                {
                    Line(flow.Name, flow.Response),
                    flow.Corrected is { } corrected ? Line($"{flow.Name}, corrected", corrected) : null,
                }
            )
            .OfType<ChartLine>()
            .ToList();
        var most = lines.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty(1).Max();
        return new("Distribution of response times", "percentile", "ms", lines)
        {
            IsLogarithmic = true,
            TicksX =
            [
                (0, "0"),
                .. new[] { 90, 99, 99.9, 99.99, 99.999 }
                    .Select(percent => (At: Nines(percent), Label: percent.ToString(CultureInfo.InvariantCulture)))
                    .Where(tick => tick.At <= most),
            ],
        };
    }

    private static ChartLine Line(string name, Latency latency) =>
        new(name, [.. latency.Distribution.Select(point => (Nines(point.Percentile), point.Milliseconds))]);

    private static double Nines(double percent) => -Math.Log10(1 - (percent / 100));
}

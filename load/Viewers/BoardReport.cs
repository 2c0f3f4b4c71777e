using System.Globalization;
using System.Text.Json;
using EarlyWarning.Driver.Reports;

namespace EarlyWarning.Viewers;

/// <summary>All that a run came to, and what it had to hold.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Target">The suite, in words.</param>
/// <param name="Countries">How many countries it knows.</param>
/// <param name="Indicators">How many indicators of each.</param>
/// <param name="Viewers">How many looked at once.</param>
/// <param name="FirstPaint">Until something of the page is on the screen, of a browser that has nothing of it.</param>
/// <param name="LargestPaint">Until its largest part is, which is what it is opened for.</param>
/// <param name="Live">Until it follows the suite.</param>
/// <param name="Stretches">What went on after that.</param>
internal sealed record BoardReport(
    string Machine,
    string Target,
    int Countries,
    int Indicators,
    int Viewers,
    Latency FirstPaint,
    Latency LargestPaint,
    Latency Live,
    IReadOnlyList<Stretch> Stretches
)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>The limits, each judged.</summary>
    public IReadOnlyList<JudgedLimit> Limits =>
        [
            AtMost("largest paint, median", "ms", 1_000, LargestPaint.P50),
            AtMost("bytes a second at rest", "B", 2_000, Stretches[0].BytesPerSecond),
            AtMost("on the screen at rest, median", "ms", 200, Stretches[1].Screen?.P50),
            AtMost("on the screen under load, p99", "ms", 1_000, Stretches[2].Screen?.P99),
            .. Stretches.Select(one => AtMost($"renders a second, {one.Name}", "", 2.2, one.RendersPerSecond)),
        ];

    public bool Holds => Limits.All(limit => limit.Holds);

    /// <summary>A stretch in a line.</summary>
    public static string Line(Stretch one) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{one.Name, -44} {Screen(one.Screen), 22} {one.BytesPerSecond / 1000, 9:0.0} {one.RendersPerSecond, 10:0.0} "
        )
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{one.PageProcessors, 9:0.00} {one.PageMegabytes, 7:0} {one.SuiteProcessors, 9:0.00} {one.SuiteMegabytes, 7:0}"
        );

    public void Write(TextWriter writer)
    {
        writer.WriteLine($"the board of {Target}: {Countries} countries, {Indicators} indicators each");
        writer.WriteLine(Machine);
        writer.WriteLine();
        Opening("first paint", FirstPaint);
        Opening("largest paint", LargestPaint);
        Opening("live", Live);
        writer.WriteLine();
        writer.WriteLine(
            $"{"", -44} {"on the screen, ms", 22} {"", 9} {"", 10} {"a page", 9} {"", 7} {"the suite", 9}\n"
                + $"{"", -44} {"median / p99", 22} {"kB/s", 9} {"renders/s", 10} {"CPUs", 9} {"MB", 7} {"CPUs", 9} {"MB", 7}"
        );
        foreach (var one in Stretches)
        {
            writer.WriteLine(Line(one));
        }

        writer.WriteLine();
        foreach (var limit in Limits)
        {
            writer.WriteLine($"{(limit.Holds ? "holds" : "FAILS")}   {limit.Name}: {TextReport.Value(limit.Value)}, {limit.Bound}");
        }

        void Opening(string name, Latency latency) =>
            writer.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"opened with nothing in the cache, {name, -14} median {latency.P50, 6:0} ms   max {latency.Max, 6:0} ms"
                )
            );
    }

    /// <summary>Writes <c>report.txt</c> and <c>report.json</c>.</summary>
    public async Task KeepAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await using (var text = File.CreateText(Path.Combine(folder, "report.txt")))
        {
            Write(text);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(this, s_json), cancellationToken);
    }

    private static string Screen(Latency? latency) =>
        latency is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{latency.P50:0} / {latency.P99:0}");

    private static JudgedLimit AtMost(string name, string unit, double bound, double? value) =>
        new(name, $"at most {bound.ToString("#,0.##", CultureInfo.InvariantCulture)} {unit}".TrimEnd(), value, value <= bound);
}

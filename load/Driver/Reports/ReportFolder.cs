using EarlyWarning.Driver.Running;
using HdrHistogram;

namespace EarlyWarning.Driver.Reports;

/// <summary>The files of a run: text, JSON, a page, and a distribution a flow, as HdrHistogram's own plotter reads it.</summary>
internal static class ReportFolder
{
    public static async Task WriteAsync(string folder, RunReport run, IReadOnlyList<FlowResult> flows, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await using (var text = File.CreateText(Path.Combine(folder, "report.txt")))
        {
            TextReport.Write(run, text);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), JsonReport.Write(run), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), HtmlReport.Write(run), cancellationToken);
        foreach (var flow in flows.Where(flow => !flow.Flow.Waits && flow.Response.TotalCount > 0))
        {
            await using var distribution = File.CreateText(Path.Combine(folder, $"{flow.Flow.Name}.hgrm"));
            flow.Response.OutputPercentileDistribution(distribution, outputValueUnitScalingRatio: OutputScalingFactor.None * 1000);
        }
    }
}

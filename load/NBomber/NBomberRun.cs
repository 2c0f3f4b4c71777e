using EarlyWarning.Driver;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Scenarios;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace EarlyWarning.NBomberLoad;

/// <summary>
/// Runs a scenario's flows as NBomber's scenarios, then holds the answers against the store and NBomber's figures against the scenario's
/// limits, as the driver does.
/// </summary>
internal static class NBomberRun
{
    public static async Task<int> RunAsync(RunSettings settings, CancellationToken cancellationToken)
    {
        var scenario = settings.Scenario;
        await using var site = await LoadSite.OpenAsync(settings, cancellationToken);
        var counted = await site.Reconciliation.CountsAsync(cancellationToken);
        var flows = scenario.Flows.Select(flow => new NBomberFlow(flow, scenario.Duration, site.Bench)).ToList();
        NodeStats stats;
        try
        {
            stats = NBomberRunner
                .RegisterScenarios([.. flows.Select(flow => flow.Scenario)])
                .WithTestSuite("early-warning")
                .WithTestName(scenario.Name)
                .WithReportFolder(settings.Folder)
                .WithReportFormats(ReportFormat.Html, ReportFormat.Md, ReportFormat.Csv)
                .Run();
        }
        finally
        {
            foreach (var flow in flows)
            {
                await flow.DisposeAsync();
            }
        }

        var report = new RunReport
        {
            Scenario = scenario.Name,
            Says = scenario.Says,
            Target = site.Target.Says,
            Machine = Machine.Describe(),
            Processors = Environment.ProcessorCount,
            Started = site.Started,
            WarmupSeconds = 0,
            Seconds = scenario.Duration.TotalSeconds,
            Flows =
            [
                .. flows.Select(flow => flow.Report(stats.ScenarioStats.First(one => one.ScenarioName == flow.Name), scenario.Duration)),
            ],
            Samples = [],
            Ledger = LedgerReport.Of(site.Bench.Answers),
            Reconciliation = await site.Reconciliation.RunAsync(counted, site.Bench, site.Started, CancellationToken.None),
        };
        report = report with { Limits = [.. scenario.Limits.Select(limit => limit.Judge(report))] };
        TextReport.Write(report, Console.Out);
        return report.Holds ? 0 : 1;
    }
}

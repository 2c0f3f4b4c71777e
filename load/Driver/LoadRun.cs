using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Judging;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Partners;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Running;
using EarlyWarning.Driver.Scenarios;
using EarlyWarning.Driver.Targets;

namespace EarlyWarning.Driver;

/// <summary>A whole run: target, load, reconciliation, judgement, reports.</summary>
internal static class LoadRun
{
    /// <summary>Runs it and writes its reports; exit code 1 where a limit fails.</summary>
    public static async Task<int> RunAsync(RunSettings settings, TextWriter console, CancellationToken cancellationToken)
    {
        // That a folder cannot be written is said before the run and not after it.
        Directory.CreateDirectory(settings.Folder);
        var (report, flows) = await MeasureAsync(settings, console, cancellationToken);
        TextReport.Write(report, console);
        await ReportFolder.WriteAsync(settings.Folder, report, flows, CancellationToken.None);
        await console.WriteLineAsync($"{Environment.NewLine}report: {Path.Combine(settings.Folder, "report.html")}");
        return report.Holds ? 0 : 1;
    }

    /// <summary>Runs it; what it came to, and what its reports are written from.</summary>
    public static async Task<(RunReport Report, IReadOnlyList<FlowResult> Flows)> MeasureAsync(
        RunSettings settings,
        TextWriter console,
        CancellationToken cancellationToken
    )
    {
        var scenario = settings.Scenario;
        await using var site = await LoadSite.OpenAsync(settings, cancellationToken);
        using var echo =
            scenario.BesideEcho && site.Target.IsOwn ? await EchoTarget.StartAsync(site.Target.Callers.Count, cancellationToken) : null;
        var before = echo is null ? null : await EchoAsync(scenario, echo, site.Bench, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var (report, flows) = await RunAsync(scenario, site, console, cancellationToken);
        var after =
            echo is null || cancellationToken.IsCancellationRequested
                ? null
                : await EchoAsync(scenario, echo, site.Bench, cancellationToken);
        if (before is not null && after is not null)
        {
            report = report with { Echo = Beside(report.Flows[0], before, after) };
        }

        return (report with { Limits = [.. scenario.Limits.Select(limit => limit.Judge(report))] }, flows);
    }

    private static async Task<(RunReport Report, IReadOnlyList<FlowResult> Flows)> RunAsync(
        Scenario scenario,
        LoadSite site,
        TextWriter console,
        CancellationToken cancellationToken
    )
    {
        var target = site.Target;
        var counted = await site.Reconciliation.CountsAsync(cancellationToken);
        var sampler = new Sampler(target.Processes, target.Metrics);
        var result = await ScenarioRun.RunAsync(scenario, site.Bench, sampler, console.WriteLine, cancellationToken);
        if (result.Seconds <= 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        var flows = result.Flows.Select(flow => flow.Report()).ToList();
        var report = new RunReport
        {
            Scenario = scenario.Name,
            Says = scenario.Says,
            Target = target.Says,
            Machine = Machine.Describe(),
            Processors = Environment.ProcessorCount,
            Started = site.Started,
            WarmupSeconds = result.WarmupSeconds,
            Seconds = cancellationToken.IsCancellationRequested ? result.Seconds : scenario.Duration.TotalSeconds,
            CutShortOf = cancellationToken.IsCancellationRequested ? scenario.Duration.TotalSeconds : null,
            Flows = flows,
            Samples = result.Samples,
            Ledger = LedgerReport.Of(site.Bench.Answers),
            Processes = Processes(result, flows),
            Slopes = Slopes.Of(result.Samples, result.WarmupSeconds),
            StartSeconds = target.StartSeconds,
            RestMegabytes = target.RestMegabytes,
            DiskSyncMilliseconds = target.DiskSyncMilliseconds,
            LinkMegabits = Machine.LinkMegabits(),
            Reconciliation = await site.Reconciliation.RunAsync(counted, site.Bench, site.Started, CancellationToken.None),
        };
        IReadOnlyList<string> findings = Bottleneck.Find(report);
        if (scenario.SeeksKnee)
        {
            findings = [Knee.Say(flows[0], result.WarmupSeconds), .. findings];
        }

        return (report with { Findings = findings }, result.Flows);
    }

    private static List<ProcessReport> Processes(RunResult result, List<FlowReport> flows)
    {
        var measured = result.Samples.Where(sample => sample.At > result.WarmupSeconds).ToList();
        var perSecond = flows.Where(flow => !flow.Waits).Sum(flow => flow.ItemsPerSecond);
        return
        [
            .. measured
                .SelectMany(sample => sample.Processors.Keys)
                .Distinct(StringComparer.Ordinal)
                .Select(name =>
                {
                    var used = measured.Average(sample => sample.Processors[name]);
                    return new ProcessReport(
                        name,
                        used,
                        perSecond > 0 ? 1e6 * used / perSecond : 0,
                        measured.Max(sample => sample.Megabytes[name])
                    );
                }),
        ];
    }

    /// <summary>Before and after, so that a machine that gets faster or slower on the way shows.</summary>
    private static async Task<FlowReport> EchoAsync(
        Scenario scenario,
        EchoTarget echo,
        Workbench suite,
        CancellationToken cancellationToken
    )
    {
        var quarter = scenario with { Warmup = scenario.Warmup / 2, Duration = scenario.Duration / 4 };
        var bench = suite with { Callers = echo.Callers, Answers = new Answers() };
        var result = await ScenarioRun.RunAsync(quarter, bench, new Sampler([], null), static _ => { }, cancellationToken);
        return result.Flows[0].Report();
    }

    private static EchoReport Beside(FlowReport suite, FlowReport before, FlowReport after) =>
        new(
            before.ItemsPerSecond,
            after.ItemsPerSecond,
            100 * suite.ItemsPerSecond / ((before.ItemsPerSecond + after.ItemsPerSecond) / 2),
            (before.Response.P50 + after.Response.P50) / 2,
            (before.Response.P99 + after.Response.P99) / 2
        );
}

using System.CommandLine;
using System.Globalization;
using System.Text;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Running;
using EarlyWarning.Driver.Scenarios;

namespace EarlyWarning.Driver.Comparing;

/// <summary>Runs the suite, a bare echo, PostgreSQL alone and Prometheus one after the other, and shows them side by side.</summary>
internal static class ComparisonCommand
{
    private const int Warnings = 200;
    private const int PrometheusWarnings = 15;

    public static Command Build()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each intake is measured.", DefaultValueFactory = _ => 20 };
        var folder = new Option<string>("--out")
        {
            Description = "The folder of the reports.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine("artifacts", "load", "compare"),
        };
        var command = new Command(
            "compare",
            "Shows the suite beside a bare echo, PostgreSQL with a trigger, and Prometheus with Alertmanager."
        )
        {
            seconds,
            folder,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var to = Path.GetFullPath(parsed.GetRequiredValue(folder));
                var table = await RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), to, cancellationToken);
                await File.WriteAllTextAsync(Path.Combine(to, "compare.txt"), table, cancellationToken);
                await Console.Out.WriteAsync(table);
                return 0;
            }
        );
        return command;
    }

    private static async Task<string> RunAsync(TimeSpan duration, string folder, CancellationToken cancellationToken)
    {
        List<string[]> intake =
        [
            ["observations a second", "", "a second", "median ms", "p99 ms"],
        ];
        List<string[]> way =
        [
            ["from an observation to the warning", "", "", "median ms", "p99 ms"],
        ];
        foreach (var postgresql in new[] { false, true })
        {
            var name = postgresql ? "the suite on PostgreSQL" : "the suite on SQLite";
            foreach (var scenario in new[] { IntakeScenarios.Throughput, IntakeScenarios.Unary, IntakeScenarios.SingleMessages })
            {
                var report = await MeasureAsync(scenario, postgresql);
                if (report.Echo is { } echo && !postgresql)
                {
                    var both = (echo.BeforePerSecond + echo.AfterPerSecond) / 2;
                    intake.Add(["a bare gRPC echo", scenario.Name, Number(both), Number(echo.P50), Number(echo.P99)]);
                }

                var flow = report.Flows[0];
                intake.Add([name, scenario.Name, Number(flow.ItemsPerSecond), Number(flow.Response.P50), Number(flow.Response.P99)]);
            }

            var warned = await MeasureAsync(WarningScenarios.Warning, postgresql);
            way.Add([$"{name}, webhook", "", "", Number(warned.Flows[0].Response.P50), Number(warned.Flows[0].Response.P99)]);
        }

        await using (var job = await PostgresJob.StartAsync(cancellationToken))
        {
            var countries = Enumerable.Range(0, 40).Select(i => $"X{(char)('A' + (i / 20))}{(char)('A' + (i % 20))}").ToArray();
            var taken = await job.IntakeAsync(countries, 150, duration, cancellationToken);
            intake.Add([
                "PostgreSQL with a trigger",
                "throughput",
                Number(taken.PerSecond),
                Number(taken.Times.P50),
                Number(taken.Times.P99),
            ]);
            var told = Latencies.Of(await job.WarnAsync(Warnings, cancellationToken));
            way.Add(["PostgreSQL, NOTIFY heard", "", "", Number(told.P50), Number(told.P99)]);
        }

        if (PrometheusWay.IsInstalled)
        {
            await using var prometheus = await PrometheusWay.StartAsync(cancellationToken);
            var told = Latencies.Of(await prometheus.WarnAsync(PrometheusWarnings, cancellationToken));
            way.Add(["Prometheus at 1 s, webhook", "", "", Number(told.P50), Number(told.P99)]);
        }
        else
        {
            way.Add(["Prometheus: not installed (apt-get install prometheus prometheus-alertmanager)", "", "", "", ""]);
        }

        var table = new StringBuilder().AppendLine(Machine.Describe()).AppendLine();
        foreach (var row in intake.Append(["", "", "", "", ""]).Concat(way))
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"{row[0], -36} {row[1], -16} {row[2], 12} {row[3], 10} {row[4], 10}");
        }

        return table.ToString();

        async Task<RunReport> MeasureAsync(Scenario scenario, bool postgresql)
        {
            RunSettings settings = new(
                scenario with
                {
                    Duration = duration,
                },
                postgresql,
                [],
                [],
                null,
                [],
                TimeSpan.FromSeconds(2),
                Path.Combine(folder, $"{scenario.Name}-{(postgresql ? "postgresql" : "sqlite")}")
            );
            var (report, flows) = await LoadRun.MeasureAsync(settings, TextWriter.Null, cancellationToken);
            await ReportFolder.WriteAsync(settings.Folder, report, flows, CancellationToken.None);

            // A run that was cut short compares with no other.
            cancellationToken.ThrowIfCancellationRequested();
            return report;
        }
    }

    private static string Number(double value) => value.ToString(value >= 100 ? "N0" : "0.00", CultureInfo.InvariantCulture);
}

/// <summary>What something else took in.</summary>
/// <param name="PerSecond">Observations a second.</param>
/// <param name="Times">From the sending of a batch to its answer.</param>
internal sealed record ComparedIntake(double PerSecond, Latency Times);

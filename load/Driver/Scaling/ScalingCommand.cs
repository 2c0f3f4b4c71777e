using System.CommandLine;
using EarlyWarning.Driver.Reports;

namespace EarlyWarning.Driver.Scaling;

/// <summary>Reads reports of the same scenario on one silo, two, three, and says what more would do.</summary>
internal static class ScalingCommand
{
    public static Command Build()
    {
        var reports = new Argument<FileInfo[]>("report")
        {
            Description = "The report.json of each, whose processes are named silo-1, silo-2 and so on, and postgres.",
            Arity = ArgumentArity.OneOrMore,
        };
        reports.AcceptExistingOnly();
        var command = new Command("scaling", "Compares runs with different numbers of silos.") { reports };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                List<RunReport> runs = [];
                foreach (var file in parsed.GetRequiredValue(reports))
                {
                    runs.Add(JsonReport.Read(await File.ReadAllTextAsync(file.FullName, cancellationToken)));
                }

                ScalingTable.Write([.. runs.Select(SiloRun.Of).OrderBy(run => run.Silos)], Console.Out);
                return 0;
            }
        );
        return command;
    }
}

using EarlyWarning.Cli.Frameworks;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using EarlyWarning.Yaml;
using Google.Protobuf.Collections;

namespace EarlyWarning.Cli.Commands;

/// <summary>Sends a framework file to the suite and says what it found.</summary>
internal static class FrameworkFileRun
{
    public static async Task<int> RunAsync(string path, bool checkOnly, CommandContext context, CancellationToken cancellation)
    {
        var request = new LoadFrameworkFileRequest { Files = { FrameworkFiles.Read(path) }, ValidateOnly = checkOnly };
        var answer = await context.Suite.Catalogue.LoadFrameworkFileAsync(request, cancellationToken: cancellation);
        _ = context.Show(answer, found => Print(context.Print, found, checkOnly));
        return answer.Problems.Count > 0 ? ExitCode.Usage : ExitCode.Ok;
    }

    private static void Print(Printer print, LoadFrameworkFileResponse found, bool checkOnly)
    {
        foreach (var problem in found.Problems)
        {
            Place place = new(problem.File, (int)problem.Line, (int)problem.Column, problem.Path);
            print.Line($"{place}: {problem.Message}");
        }

        if (found.Problems.Count > 0)
        {
            print.Line(new Cell($"{found.Problems.Count} faults{(checkOnly ? "" : "; what they are of was not loaded")}", Tone.Bad));
            return;
        }

        if (found.Framework.Length > 0)
        {
            print.Line(
                $"{found.Framework}: "
                    + $"{(found.FrameworkKnown ? "the suite has it so already" : checkOnly ? "valid; nothing was changed" : "active")}"
            );
        }

        Count(print, found.NewIndicators, "indicators", checkOnly);
        Count(print, found.NewThresholds, "thresholds", checkOnly);
        if (found.RetiredThresholds.Count > 0)
        {
            print.Line(
                $"{found.RetiredThresholds.Count} thresholds were retired and stay so: {string.Join(", ", found.RetiredThresholds)}"
            );
        }

        if (found.UncheckedThresholds.Count > 0)
        {
            print.Line(
                $"{found.UncheckedThresholds.Count} thresholds could be read; what they watch is checked when the framework is loaded"
            );
        }
    }

    private static void Count(Printer print, RepeatedField<string> codes, string what, bool checkOnly)
    {
        if (codes.Count > 0)
        {
            print.Line($"{codes.Count} {what} {(checkOnly ? "would be created" : "created")}: {string.Join(", ", codes)}");
        }
    }
}

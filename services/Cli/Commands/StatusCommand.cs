using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew status</c>.</summary>
internal static class StatusCommand
{
    public static EwCommand Create() =>
        new EwCommand(
            "status",
            "Says in one look whether the path of a warning works and who has not answered, and for each bad line what to do. "
                + "Exit code 0 only when all is well under both headings, 1 otherwise.",
            "ew status"
        ).Does(
            async (_, context, cancellation) =>
            {
                var status = await context.Suite.Server.GetStatusAsync(new(), cancellationToken: cancellation);
                context.Show(status, answer => Print(context.Print, answer));
                return status.Health == Health.Ok && status.Lines.All(line => line.Health == Health.Ok) ? ExitCode.Ok : ExitCode.Failed;
            }
        );

    private static void Print(Printer print, GetStatusResponse status)
    {
        print.Line($"{DisplayText.Exercise(status.Exercise)}Early Warning, {DisplayText.Moment(status.Time)}");
        Print(print, "Does the path of a warning work? ", Under(status, line => line.Heading != Heading.Answers), health => health switch
            {
                Health.Ok => "yes",
                Health.Attention => "yes, but it needs attention",
                _ => "NO",
            });
        Print(print, "Who has not answered? ", Under(status, line => line.Heading == Heading.Answers), health => health switch
            {
                Health.Ok => "nobody is late",
                Health.Attention => "see below",
                _ => "SEE BELOW",
            });
    }

    private static List<StatusLine> Under(GetStatusResponse status, Func<StatusLine, bool> heading) => [.. status.Lines.Where(heading)];

    private static void Print(Printer print, string question, List<StatusLine> lines, Func<Health, string> say)
    {
        // A suite that runs without a service has no lines of it.
        if (lines.Count > 0)
        {
            var worst = lines.Max(line => line.Health);
            print.Line();
            print.Line(question, new Cell(say(worst), ToneOf(worst)));
            print.Table(["", "", ""], lines.SelectMany(RowsOf));
        }
    }

    private static IEnumerable<Cell[]> RowsOf(StatusLine line)
    {
        yield return
        [
            new(MarkOf(line.Health), ToneOf(line.Health)),
            line.Subject,
            line.Processes.Count == 0 ? line.Text : $"{line.Text} [{string.Join(", ", line.Processes)}]",
        ];
        if (line.Health != Health.Ok && line.Action.Length > 0)
        {
            yield return ["", "", new($"→ {line.Action}", ToneOf(line.Health))];
        }
    }

    // The marks differ without colour too.
    private static string MarkOf(Health health) =>
        health switch
        {
            Health.Ok => "✓",
            Health.Attention => "!",
            _ => "✗",
        };

    private static Tone ToneOf(Health health) =>
        health switch
        {
            Health.Ok => Tone.Good,
            Health.Attention => Tone.Warn,
            _ => Tone.Bad,
        };
}

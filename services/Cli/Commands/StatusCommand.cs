using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew status</c>.</summary>
internal static class StatusCommand
{
    public static EwCommand Create()
        => new EwCommand("status", "Says in one look whether the way of a warning works, and for each bad line what to do. Exit code 0 only when all is well.", "ew status")
            .Does(async (_, session, cancellation) =>
            {
                var status = await session.Suite.Server.GetStatusAsync(new(), cancellationToken: cancellation);
                session.Show(status, answer => Print(session.Print, answer));
                return status.Health == Health.Ok && status.Lines.All(line => line.Health == Health.Ok) ? ExitCode.Ok : ExitCode.Failed;
            });

    private static void Print(Printer print, GetStatusResponse status)
    {
        print.Line(
            $"{Wording.Exercise(status.Exercise)}Early Warning, {Wording.Moment(status.Time)}: ",
            new Cell(status.Health switch
            {
                Health.Ok => "the way of a warning works",
                Health.Attention => "works, but needs attention",
                _ => "DOES NOT WORK",
            }, ToneOf(status.Health)));
        print.Table(["", "", ""], status.Lines.SelectMany(RowsOf));
    }

    private static IEnumerable<Cell[]> RowsOf(StatusLine line)
    {
        yield return [new(MarkOf(line.Health), ToneOf(line.Health)), line.Subject, line.Text];
        if (line.Health != Health.Ok && line.Action.Length > 0)
        {
            yield return ["", "", new($"→ {line.Action}", ToneOf(line.Health))];
        }
    }

    // The marks differ without colour too.
    private static string MarkOf(Health health) => health switch
    {
        Health.Ok => "✓",
        Health.Attention => "!",
        _ => "✗",
    };

    private static Tone ToneOf(Health health) => health switch
    {
        Health.Ok => Tone.Good,
        Health.Attention => Tone.Warn,
        _ => Tone.Bad,
    };
}

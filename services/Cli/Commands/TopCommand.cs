using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Top;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew top</c>.</summary>
internal static class TopCommand
{
    public static EwCommand Create()
    {
        var framework = CommonOptions.Framework();
        var recipient = CommonOptions.Text(
            "--as",
            "recipient",
            "As whom cases are acknowledged: recipients/{id} of the directory. Default: whom the step asks; it can be changed there."
        );
        var once = CommonOptions.Flag("--once", "Print it once and end, as where the output is no terminal.");
        return new EwCommand(
            "top",
            "Shows the ranking and the open cases live in a terminal: who has to answer, and how long they have left.",
            "ew top",
            "ew top --framework ewp-1yr --as recipients/watch-desk",
            "ew top --once"
        )
        {
            framework,
            recipient,
            once,
        }
            .Does(
                async (parse, context, cancellation) =>
                {
                    var terminal = context.Terminal;
                    var single = parse.GetValue(once) || context.Print.Json || !terminal.IsTerminal || terminal.Keys is null;
                    if (!single && !terminal.CanMove)
                    {
                        throw new CliException(
                            "a terminal that cannot move its cursor (TERM is dumb) shows nothing live. `ew top --once` prints it once."
                        );
                    }

                    var name = await CommonOptions.FrameworkAsync(parse, framework, context, cancellation);
                    var definition = await context.Suite.Catalogue.GetFrameworkAsync(
                        new() { Name = name },
                        cancellationToken: cancellation
                    );
                    var start = new TopState(
                        NameCompletion.Id(name),
                        [.. definition.Framework.Bands.Select(band => band.Level)],
                        context.Settings.Endpoint.OriginalString.TrimEnd('/')
                    );
                    var session = new TopSession(
                        terminal,
                        tell => new TopFeed(context.Suite, context.Settings, terminal.Time, name, tell),
                        new TopActs(context.Suite, context.Settings, name, parse.GetValue(recipient) ?? "", TextsFor(terminal))
                    );
                    if (single)
                    {
                        Print(context, await session.ReadOnceAsync(start, cancellation));
                    }
                    else
                    {
                        await session.ShowAsync(start, terminal.Keys!(), cancellation);
                    }

                    return ExitCode.Ok;
                }
            )
            .Explained(
                $"""
                Keys:
                {string.Join('\n', TopKeys.Help.Select(line => $"  {line}".TrimEnd()))}
                """
            );
    }

    private static void Print(CommandContext context, TopState state)
    {
        if (context.Print.Json)
        {
            context.Print.Objects(state.Ranking().Select(row => row.Risk));
            context.Print.Objects(state.OpenCases());
            return;
        }

        var width = Math.Max(TopFrame.LeastWidth, context.Terminal.Width);
        foreach (var line in TopFrame.Draw(state, TopMoment.Of(state, context.Terminal.Time), width, height: null))
        {
            context.Terminal.Out.WriteLine(TopScreen.Text(line, context.Terminal));
        }
    }

    // What `ew explain` and `ew case` print, as lines without colours.
    private static TopTexts TextsFor(Terminal terminal) =>
        new(
            explanation => Lines(terminal, print => ExplainCommand.Print(print, explanation)),
            one => Lines(terminal, print => CaseCommands.PrintOne(print, one))
        );

    private static string[] Lines(Terminal terminal, Action<Printer> print)
    {
        using var text = new StringWriter();
        print(
            new(
                terminal with
                {
                    Out = text,
                    Width = terminal.Size().Width,
                    Environment = variable => variable == "TERM" ? "dumb" : terminal.Environment(variable),
                },
                json: false
            )
        );
        return text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}

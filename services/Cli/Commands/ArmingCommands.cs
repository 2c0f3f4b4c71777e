using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew unarm</c> and <c>ew arm</c>.</summary>
internal static class ArmingCommands
{
    public static EwCommand CreateUnarm()
    {
        var reason = CommonOptions.Text("--reason", "text", "Why, for the record.");
        reason.Required = true;
        var span = CommonOptions.Text("--for", "span", "For how long, such as 12h or 3d: 1 minute to 7 days. Default: 24 hours.");
        return new EwCommand(
            "unarm",
            "Takes a first load of data in without telling anybody of what it fires.",
            "ew unarm --reason \"First load\" --for 6h"
        )
        {
            reason,
            span,
        }
            .Explained(
                "Until ew arm, or until the time is over, the suite scores and lists, tells nobody of what begins to fire, and opens no "
                    + "case.\n"
                    + "Its status fails meanwhile, and every answer says so."
            )
            .Does(
                async (parse, context, cancellation) =>
                {
                    var request = new UnarmSuiteRequest { Reason = parse.GetRequiredValue(reason) };
                    if (parse.GetValue(span) is { Length: > 0 } given)
                    {
                        request.Duration = TimeOptions.Span(given, "--for").ToDuration();
                    }

                    return context.Show(await context.Suite.Server.UnarmSuiteAsync(request, cancellationToken: cancellation), answer =>
                        context.Print.Line(
                            new Cell(
                                $"Unarmed until {DisplayText.Moment(answer.Until)}: nobody is told of breaches. When the load is done: "
                                    + $"ew arm",
                                Tone.Bad
                            )
                        )
                    );
                }
            );
    }

    public static EwCommand CreateArm() =>
        new EwCommand("arm", "Lets people be told of breaches again.", "ew arm").Does(
            async (_, context, cancellation) =>
                context.Show(await context.Suite.Server.ArmSuiteAsync(new(), cancellationToken: cancellation), answer =>
                    context.Print.Line(
                        answer.SuppressedFiring == 0
                            ? new Cell("Armed: people are told of breaches.", Tone.Good)
                            : new Cell(
                                $"Armed. Nobody was told of {answer.SuppressedFiring} breaches that fire still: ew breaches --firing",
                                Tone.Warn
                            )
                    )
                )
        );
}

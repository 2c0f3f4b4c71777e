using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew redeliver</c>.</summary>
internal static class RedeliverCommand
{
    public static EwCommand Create()
    {
        var id = CommonOptions.Id("notification", "The notification's id.");
        id.Arity = System.CommandLine.ArgumentArity.ZeroOrOne;
        var recipient = CommonOptions.Text(
            "--recipient",
            "recipient",
            "All that waits for recipients/{id} or was given up, instead of one notification."
        );
        var channel = CommonOptions.Text("--channel", "id", "Of that recipient, what waits on this channel only; ends its rest.");
        return new EwCommand(
            "redeliver",
            "Sends a notification anew on every channel that does not have it, or all that waits for a recipient or was given up.",
            "ew redeliver 3c1f0a77d2b45c1e9a0b7d2f4e6c8a10",
            "ew redeliver --recipient recipients/focal-point-sdn --channel desk-system"
        )
        {
            id,
            recipient,
            channel,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var (name, whose, which) = (parse.GetValue(id), parse.GetValue(recipient), parse.GetValue(channel));
                return (name, whose) switch
                {
                    ({ Length: > 0 }, null) when which is null => await OneAsync(context, name, cancellation),
                    (null or "", { Length: > 0 }) => await AllAsync(context, whose, which ?? "", cancellation),
                    _ => throw new CliException(
                        "give either the notification's id, or --recipient, with --channel where one of theirs is meant."
                    ),
                };
            }
        );
    }

    private static async Task<int> OneAsync(CommandContext context, string name, CancellationToken cancellation) =>
        context.Show(
            (
                await context.Suite.Notifications.RedeliverNotificationAsync(
                    new() { Name = NameCompletion.Of("notifications", name) },
                    cancellationToken: cancellation
                )
            ).Notification,
            one =>
                context.Print.Line(
                    one.Recipient.Length > 0 ? $"{one.Name} is sent anew to {one.Recipient}." : $"{one.Name} is routed again. {one.Reason}"
                )
        );

    private static async Task<int> AllAsync(CommandContext context, string whose, string which, CancellationToken cancellation) =>
        context.Show(
            await context.Suite.Notifications.RedeliverNotificationsAsync(
                new() { Recipient = NameCompletion.Of("recipients", whose), Channel = which },
                cancellationToken: cancellation
            ),
            sent => context.Print.Line($"sent anew: {DisplayText.Count(sent.Notifications)}")
        );
}

using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew redeliver</c>.</summary>
internal static class RedeliverCommand
{
    public static EwCommand Create()
    {
        var id = Shared.Id("notification", "The notification's id.");
        id.Arity = System.CommandLine.ArgumentArity.ZeroOrOne;
        var recipient = Shared.Text(
            "--recipient",
            "recipient",
            "All that waits for recipients/{id} or was given up, instead of one notification."
        );
        var channel = Shared.Text("--channel", "id", "Of that recipient, what waits on this channel only; ends its rest.");
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
            async (parse, session, cancellation) =>
            {
                var (name, whose, which) = (parse.GetValue(id), parse.GetValue(recipient), parse.GetValue(channel));
                return (name, whose) switch
                {
                    ({ Length: > 0 }, null) when which is null => await OneAsync(session, name, cancellation),
                    (null or "", { Length: > 0 }) => await AllAsync(session, whose, which ?? "", cancellation),
                    _ => throw new CliException(
                        "give either the notification's id, or --recipient, with --channel where one of theirs is meant."
                    ),
                };
            }
        );
    }

    private static async Task<int> OneAsync(Session session, string name, CancellationToken cancellation) =>
        session.Show(
            (
                await session.Suite.Notifications.RedeliverNotificationAsync(
                    new() { Name = Names.Of("notifications", name) },
                    cancellationToken: cancellation
                )
            ).Notification,
            one =>
                session.Print.Line(
                    one.Recipient.Length > 0 ? $"{one.Name} is sent anew to {one.Recipient}." : $"{one.Name} is routed again. {one.Reason}"
                )
        );

    private static async Task<int> AllAsync(Session session, string whose, string which, CancellationToken cancellation) =>
        session.Show(
            await session.Suite.Notifications.RedeliverNotificationsAsync(
                new() { Recipient = Names.Of("recipients", whose), Channel = which },
                cancellationToken: cancellation
            ),
            sent => session.Print.Line($"sent anew: {Wording.Count(sent.Notifications)}")
        );
}

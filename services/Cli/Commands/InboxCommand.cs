using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew inbox</c>.</summary>
internal static class InboxCommand
{
    private const int LargestPage = 500;
    private const int MostNamed = 20;

    public static EwCommand Create()
    {
        var recipient = CommonOptions.Id("recipient", "Whose inbox: recipients/{id} of the directory.");
        var limit = CommonOptions.Limit(50);
        var mark = CommonOptions.Flag("--mark-read", "Mark what is shown as read.");
        return new EwCommand("inbox", "Lists a recipient's notifications, newest first.", "ew inbox recipients/focal-point-sdn --mark-read")
        {
            recipient,
            limit,
            mark,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var name = NameCompletion.Of("recipients", parse.GetRequiredValue(recipient));
                var notifications = await Pages.ShownAsync<Notification>(
                    context.Print,
                    parse.GetValue(limit),
                    LargestPage,
                    async (size, token) =>
                    {
                        var page = await context.Suite.Notifications.ListNotificationsAsync(
                            new()
                            {
                                Recipient = name,
                                PageSize = size,
                                PageToken = token,
                            },
                            cancellationToken: cancellation
                        );
                        return (page.Notifications, page.NextPageToken);
                    }
                );
                if (notifications.Count == 0)
                {
                    await CheckAsync(context, name, cancellation);
                }

                if (context.Print.Json)
                {
                    context.Print.Objects(notifications);
                }
                else
                {
                    Print(context.Print, notifications);
                }

                foreach (var unread in notifications.Where(one => parse.GetValue(mark) && one.ReadTime is null))
                {
                    await context.Suite.Notifications.ReadNotificationAsync(new() { Name = unread.Name }, cancellationToken: cancellation);
                }

                return ExitCode.Ok;
            }
        );
    }

    // An empty inbox of nobody would look like a quiet one. Somebody who has left the directory keeps theirs.
    private static async Task CheckAsync(CommandContext context, string name, CancellationToken cancellation)
    {
        var known = await Pages.ReadAsync<Recipient>(int.MaxValue, LargestPage, async (size, token) =>
        {
            var page = await context.Suite.Notifications.ListRecipientsAsync(
                new() { PageSize = size, PageToken = token },
                cancellationToken: cancellation
            );
            return (page.Recipients, page.NextPageToken);
        });
        if (known.All(recipient => recipient.Name != name))
        {
            throw new CliException(
                $"the directory has no {name}, and no message ever went there. "
                    + (known.Count == 0 ? "It names nobody yet: write directory.yaml." : $"It has: {Some(known)}."),
                ExitCode.Failed
            );
        }
    }

    private static void Print(Printer print, List<Notification> notifications) =>
        print.Table(
            ["sent", "state", "tlp", "subject", "answer due", "case", "notification"],
            notifications.Select(one =>
                new Cell[]
                {
                    DisplayText.Moment(one.CreateTime),
                    new(DisplayText.Label(one.State), one.State == Notification.Types.State.GivenUp ? Tone.Bad : Tone.Plain),
                    one.Tlp,
                    one.Subject,
                    DisplayText.Moment(one.AnswerDueTime),
                    one.Case.Length > 0 ? NameCompletion.Id(one.Case) : "",
                    NameCompletion.Id(one.Name),
                }
            )
        );

    private static string Some(List<Recipient> known) =>
        string.Join(", ", known.Take(MostNamed).Select(recipient => NameCompletion.Id(recipient.Name)))
        + (known.Count > MostNamed ? ", …" : "");
}

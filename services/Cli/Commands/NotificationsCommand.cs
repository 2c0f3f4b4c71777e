using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew notifications</c>.</summary>
internal static class NotificationsCommand
{
    private const int LargestPage = 500;

    private static readonly Dictionary<string, Notification.Types.State> s_states = Enum.GetValues<Notification.Types.State>()
        .Where(state => state != Notification.Types.State.Unspecified)
        .ToDictionary(state => DisplayText.Label(state).Replace(' ', '-'));

    private static readonly Dictionary<string, Severity> s_severities = Enum.GetValues<Severity>()
        .Where(severity => severity != Severity.Unspecified)
        .ToDictionary(severity => DisplayText.Label(severity));

    public static EwCommand Create()
    {
        var recipient = CommonOptions.Text("--recipient", "recipient", "To this recipient only: recipients/{id}.");
        var countries = CommonOptions.CountryFilter();
        var state = CommonOptions.Text("--state", "state", $"In this state only: {string.Join(", ", s_states.Keys)}.");
        state.AcceptOnlyFromAmong([.. s_states.Keys]);
        var severity = CommonOptions.Text("--severity", "severity", $"Of this severity only: {string.Join(", ", s_severities.Keys)}.");
        severity.AcceptOnlyFromAmong([.. s_severities.Keys]);
        var limit = CommonOptions.Limit(50);
        return new EwCommand(
            "notifications",
            "Lists who was told, or is to be, newest first.",
            "ew notifications --state given-up --country SDN"
        )
        {
            recipient,
            countries,
            state,
            severity,
            limit,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var request = new ListNotificationsRequest
                {
                    Recipient = parse.GetValue(recipient) is { } whose ? NameCompletion.Of("recipients", whose) : "",
                    Countries = { CommonOptions.Countries(parse, countries) },
                    State = parse.GetValue(state) is { } at ? s_states[at] : Notification.Types.State.Unspecified,
                    Severity = parse.GetValue(severity) is { } how ? s_severities[how] : Severity.Unspecified,
                };
                var notifications = await Pages.ShownAsync<Notification>(
                    context.Print,
                    parse.GetValue(limit),
                    LargestPage,
                    async (size, token) =>
                    {
                        (request.PageSize, request.PageToken) = (size, token);
                        var page = await context.Suite.Notifications.ListNotificationsAsync(request, cancellationToken: cancellation);
                        return (page.Notifications, page.NextPageToken);
                    }
                );
                if (context.Print.Json)
                {
                    context.Print.Objects(notifications);
                }
                else
                {
                    Print(context.Print, notifications);
                }

                return ExitCode.Ok;
            }
        );
    }

    private static void Print(Printer print, IReadOnlyList<Notification> notifications) =>
        print.Table(
            ["sent", "state", "severity", "country", "to", "waits or was given up", "notification"],
            notifications.Select(one =>
                new Cell[]
                {
                    DisplayText.Moment(one.CreateTime),
                    new(
                        DisplayText.Label(one.State),
                        one.State is Notification.Types.State.GivenUp or Notification.Types.State.Unaddressed ? Tone.Bad : Tone.Plain
                    ),
                    DisplayText.Label(one.Severity),
                    one.Country,
                    one.Recipient.Length > 0 ? NameCompletion.Id(one.Recipient) : "",
                    one.State == Notification.Types.State.Unaddressed
                        ? one.Reason
                        : string.Join("; ", one.Deliveries.Where(Owed).Select(Why)),
                    NameCompletion.Id(one.Name),
                }
            )
        );

    private static bool Owed(Delivery one) => one.State is Delivery.Types.State.Waiting or Delivery.Types.State.GivenUp;

    private static string Why(Delivery one) => one.Detail.Length > 0 ? $"{one.ChannelId}: {one.Detail}" : one.ChannelId;
}

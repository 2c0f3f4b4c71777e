using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew notifications</c>.</summary>
internal static class NotificationsCommand
{
    private const int LargestPage = 500;

    private static readonly Dictionary<string, Notification.Types.State> s_states = Enum.GetValues<Notification.Types.State>()
        .Where(state => state != Notification.Types.State.Unspecified)
        .ToDictionary(state => Wording.Label(state).Replace(' ', '-'));

    private static readonly Dictionary<string, Severity> s_severities = Enum.GetValues<Severity>()
        .Where(severity => severity != Severity.Unspecified)
        .ToDictionary(severity => Wording.Label(severity));

    public static EwCommand Create()
    {
        var recipient = Shared.Text("--recipient", "recipient", "To this recipient only: recipients/{id}.");
        var countries = Shared.CountryFilter();
        var state = Shared.Text("--state", "state", $"In this state only: {string.Join(", ", s_states.Keys)}.");
        state.AcceptOnlyFromAmong([.. s_states.Keys]);
        var severity = Shared.Text("--severity", "severity", $"Of this severity only: {string.Join(", ", s_severities.Keys)}.");
        severity.AcceptOnlyFromAmong([.. s_severities.Keys]);
        var limit = Shared.Limit(50);
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
            async (parse, session, cancellation) =>
            {
                var request = new ListNotificationsRequest
                {
                    Recipient = parse.GetValue(recipient) is { } whose ? Names.Of("recipients", whose) : "",
                    Countries = { Shared.Countries(parse, countries) },
                    State = parse.GetValue(state) is { } at ? s_states[at] : Notification.Types.State.Unspecified,
                    Severity = parse.GetValue(severity) is { } how ? s_severities[how] : Severity.Unspecified,
                };
                var notifications = await Pages.ShownAsync<Notification>(session, parse.GetValue(limit), LargestPage, async (size, token) =>
                {
                    (request.PageSize, request.PageToken) = (size, token);
                    var page = await session.Suite.Notifications.ListNotificationsAsync(request, cancellationToken: cancellation);
                    return (page.Notifications, page.NextPageToken);
                });
                if (session.Print.Json)
                {
                    session.Print.Objects(notifications);
                }
                else
                {
                    Print(session.Print, notifications);
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
                    Wording.Moment(one.CreateTime),
                    new(
                        Wording.Label(one.State),
                        one.State is Notification.Types.State.GivenUp or Notification.Types.State.Unaddressed ? Tone.Bad : Tone.Plain
                    ),
                    Wording.Label(one.Severity),
                    one.Country,
                    one.Recipient.Length > 0 ? Names.Id(one.Recipient) : "",
                    one.State == Notification.Types.State.Unaddressed
                        ? one.Reason
                        : string.Join("; ", one.Deliveries.Where(Owed).Select(Why)),
                    Names.Id(one.Name),
                }
            )
        );

    private static bool Owed(Delivery one) => one.State is Delivery.Types.State.Waiting or Delivery.Types.State.GivenUp;

    private static string Why(Delivery one) => one.Detail.Length > 0 ? $"{one.ChannelId}: {one.Detail}" : one.ChannelId;
}

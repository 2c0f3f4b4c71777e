using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew events</c> and what is under it.</summary>
internal static class EventCommands
{
    private const int LargestPage = 500;

    public static EwCommand Create() =>
        new EwCommand(
            "events",
            "Lists what services owe to each other; shows, retries or dismisses an event.",
            "ew events",
            "ew events get FJI-EEW8FQS0-26c5f80e256f3789.1.EEW8FQS0",
            "ew events retry FJI-EEW8FQS0-26c5f80e256f3789.1.EEW8FQS0"
        )
        {
            CreateList(),
            CreateGet(),
            CreateRetry(),
            CreateDismiss(),
        }
            .Also("event")
            .Does((_, session, cancellation) => ListAsync(session, int.MaxValue, dismissed: false, cancellation));

    private static EwCommand CreateList()
    {
        var limit = Shared.LimitOfAll();
        var dismissed = Shared.Flag("--dismissed", "Those that somebody has given up, and no others.");
        return new EwCommand("list", "Lists the events that are owed, the oldest first.", "ew events list", "ew events list --dismissed")
        {
            limit,
            dismissed,
        }.Does((parse, session, cancellation) => ListAsync(session, parse.GetValue(limit), parse.GetValue(dismissed), cancellation));
    }

    private static EwCommand CreateGet()
    {
        var id = Shared.Id("event", "The event's id.");
        return new EwCommand("get", "Shows an event with what it carries.", "ew events get FJI-EEW8FQS0-26c5f80e256f3789.1.EEW8FQS0")
        {
            id,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var answer = await session.Suite.Events.GetEventAsync(
                    new() { Name = Names.Of("events", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                return session.Show(answer.Event, one =>
                {
                    Print(session.Print, [one]);
                    session.Print.Line();
                    session.Print.Line(one.Data);
                });
            }
        );
    }

    private static EwCommand CreateRetry()
    {
        var id = Shared.Id("event", "The event's id.");
        return new EwCommand(
            "retry",
            "Publishes an event again now. Those who have handled it pass it over.",
            "ew events retry FJI-EEW8FQS0-26c5f80e256f3789.1.EEW8FQS0"
        )
        {
            id,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var answer = await session.Suite.Events.RetryEventAsync(
                    new() { Name = Names.Of("events", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                return session.Show(answer.Event, one =>
                    session.Print.Line($"{one.Name} is owed to {string.Join(", ", one.Missing)} and published now.")
                );
            }
        );
    }

    private static EwCommand CreateDismiss()
    {
        var id = Shared.Id("event", "The event's id.");
        var reason = Shared.Text("--reason", "text", "Why, and what was done in its place, for the record.");
        reason.Required = true;
        return new EwCommand(
            "dismiss",
            "Gives up an event that was set aside or has failed: it will not be handled.",
            "ew events dismiss FJI-EEW8FQS0-26c5f80e256f3789.1.EEW8FQS0 --reason \"Told by telephone\""
        )
        {
            id,
            reason,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var answer = await session.Suite.Events.DismissEventAsync(
                    new() { Name = Names.Of("events", parse.GetRequiredValue(id)), Reason = parse.GetRequiredValue(reason) },
                    cancellationToken: cancellation
                );
                return session.Show(answer.Event, one =>
                    session.Print.Line($"{one.Name} was given up by {one.Dismissal.Actor} at {Wording.Moment(one.Dismissal.Time)}.")
                );
            }
        );
    }

    private static async Task<int> ListAsync(Session session, int limit, bool dismissed, CancellationToken cancellation)
    {
        var state = dismissed ? Event.Types.State.Dismissed : Event.Types.State.Unspecified;
        var events = await Pages.ShownAsync<Event>(session, limit, LargestPage, async (size, token) =>
        {
            var page = await session.Suite.Events.ListEventsAsync(
                new()
                {
                    State = state,
                    PageSize = size,
                    PageToken = token,
                },
                cancellationToken: cancellation
            );
            return (page.Events, page.NextPageToken);
        });
        if (session.Print.Json)
        {
            session.Print.Objects(events);
        }
        else
        {
            Print(session.Print, events);
        }

        return ExitCode.Ok;
    }

    private static void Print(Printer print, IEnumerable<Event> events) =>
        print.Table(
            ["since", "state", "country", "what", "not handled by", "why", "event"],
            events.Select(one =>
                new Cell[]
                {
                    Wording.Moment(one.CreateTime),
                    new(
                        Wording.Label(one.State),
                        one.State is Event.Types.State.SetAside or Event.Types.State.Failed ? Tone.Bad : Tone.Plain
                    ),
                    one.Country,
                    one.Type,
                    string.Join(", ", one.Missing),
                    one.Dismissal is { } dismissal
                        ? $"{dismissal.Reason} ({dismissal.Actor}{(dismissal.ActorVerified ? "" : ", unverified")})"
                        : one.Fault,
                    Names.Id(one.Name),
                }
            )
        );
}

using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
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
            .Does((_, context, cancellation) => ListAsync(context, int.MaxValue, dismissed: false, cancellation));

    private static EwCommand CreateList()
    {
        var limit = CommonOptions.LimitOfAll();
        var dismissed = CommonOptions.Flag("--dismissed", "Those that somebody has given up, and no others.");
        return new EwCommand("list", "Lists the events that are owed, the oldest first.", "ew events list", "ew events list --dismissed")
        {
            limit,
            dismissed,
        }.Does((parse, context, cancellation) => ListAsync(context, parse.GetValue(limit), parse.GetValue(dismissed), cancellation));
    }

    private static EwCommand CreateGet()
    {
        var id = CommonOptions.Id("event", "The event's id.");
        return new EwCommand("get", "Shows an event with what it carries.", "ew events get FJI-EEW8FQS0-26c5f80e256f3789.1.EEW8FQS0")
        {
            id,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var answer = await context.Suite.Events.GetEventAsync(
                    new() { Name = NameCompletion.Of("events", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                return context.Show(answer.Event, one =>
                {
                    Print(context.Print, [one]);
                    context.Print.Line();
                    context.Print.Line(one.Data);
                });
            }
        );
    }

    private static EwCommand CreateRetry()
    {
        var id = CommonOptions.Id("event", "The event's id.");
        return new EwCommand(
            "retry",
            "Publishes an event again now. Those who have handled it pass it over.",
            "ew events retry FJI-EEW8FQS0-26c5f80e256f3789.1.EEW8FQS0"
        )
        {
            id,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var answer = await context.Suite.Events.RetryEventAsync(
                    new() { Name = NameCompletion.Of("events", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                return context.Show(answer.Event, one =>
                    context.Print.Line($"{one.Name} is owed to {string.Join(", ", one.Missing)} and published now.")
                );
            }
        );
    }

    private static EwCommand CreateDismiss()
    {
        var id = CommonOptions.Id("event", "The event's id.");
        var reason = CommonOptions.Text("--reason", "text", "Why, and what was done in its place, for the record.");
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
            async (parse, context, cancellation) =>
            {
                var answer = await context.Suite.Events.DismissEventAsync(
                    new() { Name = NameCompletion.Of("events", parse.GetRequiredValue(id)), Reason = parse.GetRequiredValue(reason) },
                    cancellationToken: cancellation
                );
                return context.Show(answer.Event, one =>
                    context.Print.Line($"{one.Name} was given up by {one.Dismissal.Actor} at {DisplayText.Moment(one.Dismissal.Time)}.")
                );
            }
        );
    }

    private static async Task<int> ListAsync(CommandContext context, int limit, bool dismissed, CancellationToken cancellation)
    {
        var state = dismissed ? Event.Types.State.Dismissed : Event.Types.State.Unspecified;
        var events = await Pages.ShownAsync<Event>(context.Print, limit, LargestPage, async (size, token) =>
        {
            var page = await context.Suite.Events.ListEventsAsync(
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
        if (context.Print.Json)
        {
            context.Print.Objects(events);
        }
        else
        {
            Print(context.Print, events);
        }

        return ExitCode.Ok;
    }

    private static void Print(Printer print, IEnumerable<Event> events) =>
        print.Table(
            ["since", "state", "country", "what", "not handled by", "why", "event"],
            events.Select(one =>
                new Cell[]
                {
                    DisplayText.Moment(one.CreateTime),
                    new(
                        DisplayText.Label(one.State),
                        one.State is Event.Types.State.SetAside or Event.Types.State.Failed ? Tone.Bad : Tone.Plain
                    ),
                    one.Country,
                    one.Type,
                    string.Join(", ", one.Missing),
                    one.Dismissal is { } dismissal
                        ? $"{dismissal.Reason} ({dismissal.Actor}{(dismissal.ActorVerified ? "" : ", unverified")})"
                        : one.Fault,
                    NameCompletion.Id(one.Name),
                }
            )
        );
}

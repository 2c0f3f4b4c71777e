using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew trace</c>.</summary>
internal static class TraceCommand
{
    public static EwCommand Create()
    {
        var id = CommonOptions.Id("id", "The id of an observation, breach, notification or case.");
        var countries = CommonOptions.CountryFilter();
        return new EwCommand(
            "trace",
            "Walks the whole way of a warning, from observations to decisions, from any id on it.",
            "ew trace breaches/SDN-5f0c2a9be1d7"
        )
        {
            id,
            countries,
        }.Does(
            async (parse, context, cancellation) =>
                context.Show(
                    await context.Suite.Traces.TraceAsync(
                        new() { Id = parse.GetRequiredValue(id), Countries = { CommonOptions.Countries(parse, countries) } },
                        cancellationToken: cancellation
                    ),
                    trace => Print(context.Print, trace)
                )
        );
    }

    private static void Print(Printer print, TraceResponse trace)
    {
        foreach (var sentence in trace.Sentences)
        {
            print.Line(sentence);
        }

        Section(
            print,
            "observations",
            ["observed", "recorded", "country", "indicator", Column.Figure("value"), "source", "id"],
            trace.Observations.Select(one =>
                new Cell[]
                {
                    DisplayText.Moment(one.ObservedAt),
                    DisplayText.Moment(one.RecordedAt),
                    one.Country,
                    one.Indicator,
                    DisplayText.Figure(one.Value),
                    one.Source,
                    one.ObservationId,
                }
            )
        );
        Section(
            print,
            "breaches",
            ["fired", "state", "country", "threshold", "id"],
            trace.Breaches.Select(one =>
                new Cell[]
                {
                    DisplayText.Moment(one.FireTime),
                    BreachCommands.StateOf(one),
                    one.Country,
                    one.Threshold?.DisplayName,
                    NameCompletion.Id(one.Name),
                }
            )
        );
        Section(
            print,
            "notifications",
            ["sent", "state", "to", "why", "attempts", "id"],
            trace.Notifications.Select(one =>
                new Cell[]
                {
                    DisplayText.Moment(one.CreateTime),
                    new(
                        DisplayText.Label(one.State),
                        one.State is Notification.Types.State.GivenUp or Notification.Types.State.Unaddressed ? Tone.Bad : Tone.Plain
                    ),
                    one.RecipientName,
                    one.Reason,
                    DisplayText.Count(one.Receipts.Count),
                    NameCompletion.Id(one.Name),
                }
            )
        );
        Section(
            print,
            "cases",
            ["opened", "state", "country", "due", "id"],
            trace.Cases.Select(one =>
                new Cell[]
                {
                    DisplayText.Moment(one.OpenTime),
                    DisplayText.Label(one.State),
                    one.Country,
                    DisplayText.Moment(one.DueTime),
                    NameCompletion.Id(one.Name),
                }
            )
        );
    }

    private static void Section(Printer print, string title, IReadOnlyList<Column> columns, IEnumerable<Cell[]> rows)
    {
        print.Line();
        print.Line(title);
        print.Table(columns, rows);
    }
}

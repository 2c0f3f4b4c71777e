using System.CommandLine;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>The options that say what is to be foretold.</summary>
internal sealed class OutcomeOptions
{
    public const string Form = """
        An outcome is a column of --table or an indicator of the suite, whose values above 0 are events; or a CSV file with a row an event
        and columns country and time (a year stands for its 31 December). It never predicts, and neither do --related ones. What is not
        known is neither trained on nor judged: a column's empty cells, what is later than all that was told, and of a file what is later
        than its last event (--known-until) or earlier than --known-from.
        """;

    /// <summary>The one definition by which models, frameworks and rules are judged; an answer says it with its figures.</summary>
    public const string Definition = """
        An event counts for a forecast or a warning that it follows, strictly, within the horizon; for a warning only while it stands, or
        within --grace after its end. Models, frameworks and rules are judged alike.
        """;

    private readonly Option<string> _outcome = CommonOptions.Text(
        "--outcome",
        "what",
        "What to foretell: a column of the table, an indicator, or a CSV file of events."
    );
    private readonly Option<string> _related = CommonOptions.Text(
        "--related",
        "codes",
        "Columns or indicators that tell of outcomes too, such as leads of them; they never predict."
    );
    private readonly Option<string> _horizon = CommonOptions.Text(
        "--horizon",
        "span",
        "How far ahead: an event counts for a moment if it comes after it within this. Default: 366d."
    );

    public OutcomeOptions() => _outcome.Required = true;

    private readonly Option<string> _knownFrom = CommonOptions.Text(
        "--known-from",
        "time",
        "Since when the events are listed. Default: " + "always."
    );
    private readonly Option<string> _knownUntil = CommonOptions.Text(
        "--known-until",
        "time",
        "Until when outcomes are known. Default: a file's last event; else as far as is told."
    );

    public IEnumerable<Option> All => [_outcome, _related, _horizon, _knownFrom, _knownUntil];

    /// <summary>Codes that must not predict.</summary>
    public string[] Withheld(ParseResult parse) => [parse.GetRequiredValue(_outcome), .. CommonOptions.List(parse.GetValue(_related))];

    /// <summary>
    /// The definition; <paramref name="ofTable"/> gives what a column tells, or nothing where the table has no such column.
    /// </summary>
    public async Task<OutcomeDefinition> ReadAsync(
        ParseResult parse,
        Func<string, IEnumerable<ToldOutcome>?> ofTable,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        var what = parse.GetRequiredValue(_outcome);
        var definition = new OutcomeDefinition
        {
            RelatedIndicators = { CommonOptions.List(parse.GetValue(_related)) },
            Horizon = PeriodOptions.Span(parse.GetValue(_horizon), "--horizon"),
            KnownFrom = parse.GetValue(_knownFrom) is { } from ? PeriodOptions.Moment(from, "--known-from", context.Terminal.Time) : null,
            KnownUntil = parse.GetValue(_knownUntil) is { } until
                ? PeriodOptions.Moment(until, "--known-until", context.Terminal.Time)
                : null,
        };
        if (File.Exists(what))
        {
            definition.Events.Add(await EventsAsync(what, context, cancellation));
        }
        else if (ofTable(what) is { } told)
        {
            definition.Told.Add(told);
        }
        else
        {
            definition.Indicator = what;
        }

        return definition;
    }

    private static async Task<List<OutcomeEvent>> EventsAsync(string path, CommandContext context, CancellationToken cancellation)
    {
        var table = await CsvTable.ReadAsync(path, cancellation);
        table.Columns.Needed("country", "which a file of events needs");
        table.Columns.Needed("time", "which a file of events needs");
        var countries = new CountryKeys(new(), await KnownCountries.ReadAsync(context.Suite, cancellation)) { InAnyYear = true };
        return
        [
            .. table.Rows.Select(row =>
            {
                try
                {
                    var time = TimeReader.Cell(table.Text(row, "time"), "time");
                    return new OutcomeEvent { Country = countries.Find(table.Text(row, "country"), "country", time), Time = time };
                }
                catch (RowException error)
                {
                    throw table.Wrong(row, error.Column, error.Message);
                }
            }),
        ];
    }
}

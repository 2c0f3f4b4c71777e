using System.CommandLine;
using EarlyWarning.Cli.Commands;
using EarlyWarning.Cli.Importing;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>The options that say what is to be foretold.</summary>
internal sealed class OutcomeOptions
{
    public const string Form = """
        An outcome is a column of --table or an indicator of the suite, whose values above 0 are events; or a CSV file with a row an event and
        columns country and time (a year stands for its 31 December). It never predicts, and neither do --related ones.
        """;

    private readonly Option<string> _outcome = Shared.Text(
        "--outcome", "what", "What to foretell: a column of the table, an indicator, or a CSV file of events.");
    private readonly Option<string> _related = Shared.Text(
        "--related", "codes", "Columns or indicators that tell of outcomes too, such as leads of them; they never predict.");
    private readonly Option<string> _horizon = Shared.Text(
        "--horizon", "span", "How far ahead: an event counts for a moment if it comes after it within this. Default: 366d.");

    public OutcomeOptions() => _outcome.Required = true;

    public IEnumerable<Option> All => [_outcome, _related, _horizon];

    /// <summary>Codes that must not predict.</summary>
    public string[] Withheld(ParseResult parse) => [parse.GetRequiredValue(_outcome), .. Shared.List(parse.GetValue(_related))];

    /// <summary>The definition; <paramref name="ofTable"/> gives the events of a column, or nothing where the table has no such column.</summary>
    public async Task<OutcomeDefinition> ReadAsync(ParseResult parse, Func<string, IEnumerable<OutcomeEvent>?> ofTable, Session session, CancellationToken cancellation)
    {
        var what = parse.GetRequiredValue(_outcome);
        var definition = new OutcomeDefinition
        {
            RelatedIndicators = { Shared.List(parse.GetValue(_related)) },
            Horizon = PeriodOptions.Span(parse.GetValue(_horizon), "--horizon"),
        };
        if (File.Exists(what))
        {
            definition.Events.Add(await EventsAsync(what, session, cancellation));
        }
        else if (ofTable(what) is { } events)
        {
            definition.Events.Add(events);
        }
        else
        {
            definition.Indicator = what;
        }

        return definition;
    }

    private static async Task<List<OutcomeEvent>> EventsAsync(string path, Session session, CancellationToken cancellation)
    {
        var table = await CsvTable.ReadAsync(path, cancellation);
        table.Columns.Needed("country", "which a file of events needs");
        table.Columns.Needed("time", "which a file of events needs");
        var countries = new CountryKeys(new(), await CountriesCommand.AllAsync(session.Suite, cancellation));
        return [.. table.Rows.Select(row =>
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
        })];
    }
}

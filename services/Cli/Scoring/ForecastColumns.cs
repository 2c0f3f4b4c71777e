using System.CommandLine;
using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Option = System.CommandLine.Option;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Reads forecasts from a CSV file, a row each, and the options that name its columns.</summary>
internal sealed class ForecastColumns
{
    public const string Form = """
        The file has a row a forecast: unit (a country, or any name), date (a year stands for its 31 December), probability, and outcome: 1
        where the event followed, 0 where none did, NA or empty where that is not known. Such rows, and those without a probability,
        are left out and counted. A column event_time, where there is one, holds when the event came, for lead times.
        """;

    private readonly Option<string> _unit = CommonOptions.Text("--unit", "column", "The column of units. Default: unit.");
    private readonly Option<string> _date = CommonOptions.Text("--date", "column", "The column of dates. Default: date.");
    private readonly Option<string> _probability = CommonOptions.Text(
        "--probability",
        "column",
        "The column of probabilities. Default: probability."
    );
    private readonly Option<string> _outcome = CommonOptions.Text("--outcome", "column", "The column of outcomes. Default: outcome.");
    private readonly Option<string> _event = CommonOptions.Text(
        "--event-time",
        "column",
        "The column of the events' times. Default: event_time, if there is one."
    );

    public IEnumerable<Option> All => [_unit, _date, _probability, _outcome, _event];

    public async Task<List<GivenForecast>> ReadAsync(ParseResult parse, string path, CancellationToken cancellation)
    {
        var table = await CsvTable.ReadAsync(path, cancellation);
        string Needed(Option<string> option, string usual)
        {
            var name = parse.GetValue(option) ?? usual;
            table.Columns.Needed(name, $"which holds the {usual}s (another is named with {option.Name})");
            return name;
        }

        var (unit, date) = (Needed(_unit, "unit"), Needed(_date, "date"));
        var (probability, outcome) = (Needed(_probability, "probability"), Needed(_outcome, "outcome"));
        var eventTime = parse.GetValue(_event) is null ? "event_time" : Needed(_event, "event_time");
        var seen = new Dictionary<(string, Timestamp), long>();
        var forecasts = new List<GivenForecast>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            // A unit may be called NA, as Namibia is by some.
            var one = new GivenForecast
            {
                Unit = row.Cells[table.Columns.Needed(unit, "which holds the units")].Trim(),
                Time = TimeOf(table, row, date)!,
            };
            if (!seen.TryAdd((one.Unit, one.Time), row.Line))
            {
                throw new CliException(
                    $"{path}: lines {seen[(one.Unit, one.Time)]} and {row.Line} are both of {one.Unit} at {table.Text(row, date)}. Leave "
                        + $"one out."
                );
            }

            if (table.Number(row, probability) is { } p)
            {
                one.Probability = p;
            }

            if (OutcomeOf(table, row, outcome) is { } came)
            {
                one.Outcome = came;
            }

            one.EventTime = table.Text(row, eventTime).Length > 0 ? TimeOf(table, row, eventTime) : null;
            forecasts.Add(one);
        }

        return forecasts;
    }

    private static bool? OutcomeOf(CsvTable table, Row row, string column) =>
        table.Text(row, column) switch
        {
            "" => null,
            "1" or "true" or "TRUE" => true,
            "0" or "false" or "FALSE" => false,
            var other => throw table.Wrong(
                row,
                column,
                $"'{other}' is no outcome. Write 1 or 0; NA, or leave it empty, where it is not known."
            ),
        };

    private static Timestamp TimeOf(CsvTable table, Row row, string column)
    {
        try
        {
            return TimeReader.Cell(table.Text(row, column), column);
        }
        catch (RowException error)
        {
            throw table.Wrong(row, error.Column, error.Message);
        }
    }
}

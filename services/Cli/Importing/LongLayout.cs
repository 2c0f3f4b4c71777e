using System.Globalization;
using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads a row as one observation.</summary>
internal sealed class LongLayout : ILayout
{
    private static readonly string[] s_known =
        ["country", "indicator", "value", "observed_at", "source", "observation_id", "revision", "standard_error", "confidence", "unit", "horizon", "known_at"];

    private readonly Dictionary<string, (int Place, string Name)> _columns = [];
    private readonly CountryKeys _countries;
    private readonly HashSet<string> _missing;
    private readonly Timestamp? _observedAt;
    private readonly Timestamp? _knownAt;
    private readonly string? _source;

    public LongLayout(Mapping mapping, Columns columns, CountryKeys countries)
    {
        _countries = countries;
        _missing = [.. mapping.Missing];
        _observedAt = TimeReader.Constant(mapping.Time);
        _knownAt = TimeReader.Constant(mapping.KnownAt);
        _source = mapping.Source;
        if (mapping.Columns.Keys.FirstOrDefault(name => !s_known.Contains(name)) is { } unknown)
        {
            throw new CliException($"the mapping's columns name '{unknown}', which the long format does not have. It has: {string.Join(", ", s_known)}.");
        }

        string NameOf(string column) => column switch
        {
            "country" => mapping.Country.Column,
            "observed_at" => mapping.Time.Column,
            "known_at" => mapping.KnownAt?.Column,
            "source" => mapping.SourceColumn,
            _ => null,
        } ?? mapping.Columns.GetValueOrDefault(column, column);

        foreach (var column in s_known)
        {
            var name = NameOf(column);
            var isNeeded = column is "country" or "indicator" or "value"
                || (column == "observed_at" && _observedAt is null)
                || (column == "source" && _source is null);
            if (isNeeded || name != column || columns.Has(name))
            {
                _columns[column] = (columns.Needed(name, $"which the long format needs for '{column}' (for one column an indicator, give --mapping)"), name);
            }
        }

        // A misspelt optional column would otherwise be lost without a word.
        var names = _columns.Values.Select(column => column.Name).ToHashSet();
        if (mapping.Columns.Count == 0 && columns.Names.FirstOrDefault(name => !names.Contains(name) && !name.StartsWith(RejectsFile.Prefix, StringComparison.Ordinal)) is { } stray)
        {
            throw new CliException($"the column '{stray}' has no meaning in the long format. It knows: {string.Join(", ", s_known)}. A mapping file with `columns` lets others stand.");
        }
    }

    public IEnumerable<Item> Read(Row row, Tally tally)
    {
        var text = Cell(row, "value");
        if (_missing.Contains(text))
        {
            tally.Empty++;
            return [];
        }

        var observedAt = _observedAt ?? TimeReader.Cell(Cell(row, "observed_at"), _columns["observed_at"].Name);
        var observation = new Observation
        {
            Country = _countries.Find(Cell(row, "country"), _columns["country"].Name, observedAt),
            Indicator = Cell(row, "indicator"),
            Value = Number(text, "value"),
            ObservedAt = observedAt,
            Source = _source ?? Cell(row, "source"),
            ObservationId = Cell(row, "observation_id"),
            Unit = Cell(row, "unit"),
            KnownAt = _knownAt ?? (Cell(row, "known_at") is { Length: > 0 } known ? TimeReader.Cell(known, _columns["known_at"].Name) : null),
            Revision = Cell(row, "revision") is { Length: > 0 } revision ? Whole(revision, "revision") : 0,
            Horizon = Cell(row, "horizon") is { Length: > 0 } horizon ? Span(horizon) : null,
        };
        var (error, confidence) = (Cell(row, "standard_error"), Cell(row, "confidence"));
        if (error.Length > 0 && confidence.Length > 0)
        {
            throw new RowException(_columns["confidence"].Name, Rejection.InvalidField, "a value has a standard error or a confidence, not both. Leave one empty.");
        }

        if (error.Length > 0)
        {
            observation.StandardError = Number(error, "standard_error");
        }
        else if (confidence.Length > 0)
        {
            observation.Confidence = Number(confidence, "confidence");
        }

        return [new Item(observation, row, "")];
    }

    public int ValuesOf(Row row) => 1;

    private string Cell(Row row, string column) => _columns.TryGetValue(column, out var at) ? row.Cells[at.Place].Trim() : "";

    private double Number(string text, string column) => Numbers.Read(text, _columns[column].Name);

    private long Whole(string text, string column)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RowException(_columns[column].Name, Rejection.InvalidField, $"'{text}' is not a whole number.");

    private Duration? Span(string text)
        => text == "0" ? null
        : Moments.TrySpan(text, out var span) ? Duration.FromTimeSpan(span)
        : throw new RowException(_columns["horizon"].Name, Rejection.InvalidField, $"'{text}' is not a span of time. Write a number and a unit, such as 90d.");
}

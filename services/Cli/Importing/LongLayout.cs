using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads a row as one observation.</summary>
internal sealed class LongLayout : ILayout
{
    private static readonly string[] s_known =
    [
        "country",
        "indicator",
        "value",
        "observed_at",
        "source",
        "observation_id",
        "revision",
        "standard_error",
        "confidence",
        "unit",
        "horizon",
        "known_at",
    ];

    private static readonly string[] s_single = ["observation_id", "standard_error", "confidence"];

    private readonly Dictionary<string, (int Place, string Name)> _columns = [];
    private readonly CountryKeys _countries;
    private readonly CellReader _reader;
    private readonly RowTime _time;
    private readonly RowTime _known;
    private readonly string? _source;
    private readonly Dictionary<string, string> _rename;

    public LongLayout(Mapping mapping, Columns columns, CountryKeys countries)
    {
        _countries = countries;
        _reader = new(mapping);
        _time = new(mapping.Time, columns, "the time");
        _known = new(mapping.KnownAt, columns, "known_at");
        _source = mapping.Source;
        _rename = mapping.Indicators.Rename;
        if (mapping.Columns.Keys.FirstOrDefault(name => !s_known.Contains(name)) is { } unknown)
        {
            throw new CliException(
                $"the mapping's columns name '{unknown}', which the long format does not have. It has: {string.Join(", ", s_known)}."
            );
        }

        string NameOf(string column) =>
            column switch
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
            var isNeeded =
                column is "country" or "indicator" or "value"
                || (column == "observed_at" && !_time.IsGiven)
                || (column == "source" && _source is null);
            if (isNeeded || name != column || columns.Has(name))
            {
                _columns[column] = (
                    columns.Needed(name, $"which the long format needs for '{column}' (for one column an indicator, give --mapping)"),
                    name
                );
            }
        }

        if (mapping.Repeated is not null && s_single.FirstOrDefault(_columns.ContainsKey) is { } single)
        {
            throw new CliException(
                $"the mapping says repeated: {mapping.Repeated}, and the file has {single}, which is of one row and not of what several "
                    + $"come to. Leave one out."
            );
        }

        // A misspelt optional column would otherwise be lost without a word.
        var names = _columns
            .Values.Select(column => column.Name)
            .Concat(_time.Places.Concat(_known.Places).Select(place => columns.Header[place]))
            .ToHashSet();
        if (
            mapping.Columns.Count == 0
            && mapping.Where.Count == 0
            && columns.Names.FirstOrDefault(name => !names.Contains(name) && !name.StartsWith(RejectsFile.Prefix, StringComparison.Ordinal))
                is { } stray
        )
        {
            throw new CliException(
                $"the column '{stray}' has no meaning in the long format. It knows: {string.Join(", ", s_known)}. A mapping file with "
                    + $"`columns` lets others stand."
            );
        }
    }

    public bool HasRevisions => _columns.ContainsKey("revision");

    public IEnumerable<Item> Read(Row row, Tally tally)
    {
        var text = Cell(row, "value");
        var isMissing = _reader.IsMissing(text);
        if (isMissing && !_reader.KeepsMissing)
        {
            tally.Empty++;
            return [];
        }

        var observedAt = _time.Of(row) ?? TimeReader.Cell(Cell(row, "observed_at"), _columns["observed_at"].Name);
        var indicator = Cell(row, "indicator");
        var observation = new Observation
        {
            Country = _countries.Find(Cell(row, "country"), _columns["country"].Name, observedAt),
            Indicator = _rename.GetValueOrDefault(indicator, indicator),
            ObservedAt = observedAt,
            Source = _source ?? Cell(row, "source"),
            ObservationId = Cell(row, "observation_id"),
            Unit = Cell(row, "unit"),
            KnownAt = _known.Of(row)
                ?? (Cell(row, "known_at") is { Length: > 0 } known ? TimeReader.Cell(known, _columns["known_at"].Name) : null),
            Revision = Cell(row, "revision") is { Length: > 0 } revision ? CellReader.Whole(revision, _columns["revision"].Name) : 0,
            Horizon = Cell(row, "horizon") is { Length: > 0 } horizon ? CellReader.Span(horizon, _columns["horizon"].Name) : null,
        };
        if (isMissing)
        {
            return [new Item(observation, row, "") { IsMissing = true }];
        }

        observation.Value = _reader.Value(text, _columns["value"].Name);
        var (error, confidence) = (Cell(row, "standard_error"), Cell(row, "confidence"));
        if (error.Length > 0 && confidence.Length > 0)
        {
            throw new RowException(
                _columns["confidence"].Name,
                Rejection.InvalidField,
                "a value has a standard error or a confidence, not both. Leave one empty."
            );
        }

        if (error.Length > 0)
        {
            observation.StandardError = _reader.Number(error, _columns["standard_error"].Name);
        }
        else if (confidence.Length > 0)
        {
            observation.Confidence = _reader.Number(confidence, _columns["confidence"].Name);
        }

        return [new Item(observation, row, "")];
    }

    public int ValuesOf(Row row) => 1;

    private string Cell(Row row, string column) => _columns.TryGetValue(column, out var at) ? row.Cells[at.Place].Trim() : "";
}

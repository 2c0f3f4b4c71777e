using EarlyWarning.Cli.Output;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads a row as a country with one observation in each indicator's column.</summary>
internal sealed class WideLayout : ILayout
{
    private readonly CountryKeys _countries;
    private readonly CellReader _reader;
    private readonly Columns _columns;
    private readonly RowTime _time;
    private readonly RowTime _known;
    private readonly int _country;
    private readonly int? _sourceAt;
    private readonly int? _revision;
    private readonly int? _horizon;
    private readonly string _source;
    private readonly (int Place, string Column, string Indicator)[] _indicators;

    public WideLayout(Mapping mapping, Columns columns, CountryKeys countries)
    {
        int? Place(string? name, string what) => name is null ? null : columns.Needed(name, $"which the mapping names for {what}");
        _countries = countries;
        _columns = columns;
        _reader = new(mapping);
        _time = new(mapping.Time, columns, "the time");
        _known = new(mapping.KnownAt, columns, "known_at");
        _country = Place(mapping.Country.Column, "the country")!.Value;
        _revision = Place(mapping.Columns.GetValueOrDefault("revision"), "the revision");
        _horizon = Place(mapping.Columns.GetValueOrDefault("horizon"), "the horizon");
        _sourceAt = mapping.Source is null ? Place(mapping.SourceColumn, "the source") : null;
        _source = mapping.Source
            ?? (
                _sourceAt is null
                    ? throw new CliException("there is no source. Give --source, or source or source-column in the mapping file.")
                    : ""
            );

        HashSet<int> others =
        [
            _country,
            .. _time.Places,
            .. _known.Places,
            .. new[] { _revision, _horizon, Place(mapping.SourceColumn, "the source") }.OfType<int>(),
        ];
        int Indicator(string name) => columns.Needed(name, "which the mapping names under indicators");

        // What is asked for by its name is an indicator, whatever else it is too.
        others.ExceptWith(mapping.Indicators.Columns.Concat(mapping.Indicators.Also).Select(Indicator));
        others.UnionWith(mapping.Indicators.Except.Select(Indicator));
        var rename = mapping.Indicators.Rename.ToDictionary(pair => Indicator(pair.Key), pair => pair.Value);
        IEnumerable<string> chosen =
            mapping.Indicators.Columns.Count > 0 ? mapping.Indicators.Columns.Union(mapping.Indicators.Also) : columns.Names;
        _indicators =
        [
            .. chosen
                .Where(name => !name.StartsWith(RejectsFile.Prefix, StringComparison.Ordinal))
                .Select(name => (Place: Indicator(name), Name: name))
                .Where(column => !others.Contains(column.Place))
                .Select(column => (column.Place, column.Name, rename.GetValueOrDefault(column.Place, column.Name))),
        ];
        if (_indicators.Length == 0)
        {
            throw new CliException("the mapping leaves no column as an indicator.");
        }

        if (_indicators.GroupBy(indicator => indicator.Indicator).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new CliException(
                $"the columns {string.Join(" and ", twice.Select(one => one.Column))} would both be the indicator '{twice.Key}'. Leave "
                    + $"one out, or rename it."
            );
        }
    }

    public bool HasRevisions => _revision is not null;

    /// <summary>The indicators' codes, in the order of the columns.</summary>
    public IEnumerable<string> Indicators => _indicators.Select(indicator => indicator.Indicator);

    /// <summary>Whose row it is and of when.</summary>
    public (string Country, Timestamp ObservedAt) KeyOf(Row row)
    {
        var observedAt = _time.Of(row)!;
        return (_countries.Find(row.Cells[_country], _columns.Header[_country], observedAt), observedAt);
    }

    public IEnumerable<Item> Read(Row row, Tally tally)
    {
        var (country, observedAt) = KeyOf(row);
        var knownAt = _known.Of(row);
        var source = _sourceAt is { } place ? row.Cells[place].Trim() : _source;
        var revision = Text(row, _revision) is { Length: > 0 } number ? CellReader.Whole(number, _columns.Header[_revision!.Value]) : 0;
        var horizon = Text(row, _horizon) is { Length: > 0 } span ? CellReader.Span(span, _columns.Header[_horizon!.Value]) : null;
        var items = new List<Item>(_indicators.Length);
        foreach (var (cell, column, indicator) in _indicators)
        {
            var text = row.Cells[cell].Trim();
            var isMissing = _reader.IsMissing(text);
            if (isMissing && !_reader.KeepsMissing)
            {
                tally.Empty++;
                continue;
            }

            try
            {
                var observation = new V1.Observation
                {
                    Country = country,
                    Indicator = indicator,
                    ObservedAt = observedAt,
                    KnownAt = knownAt,
                    Source = source,
                    Revision = revision,
                    Horizon = horizon,
                };
                if (!isMissing)
                {
                    observation.Value = _reader.Value(text, column);
                }

                items.Add(new(observation, row, column) { IsMissing = isMissing });
            }
            catch (RowException error)
            {
                tally.Reject(new(row, error.Column, error.Reason, error.Message));
            }
        }

        return items;
    }

    public int ValuesOf(Row row) =>
        Math.Max(
            1,
            _indicators.Count(indicator => indicator.Place < row.Cells.Length && !_reader.IsMissing(row.Cells[indicator.Place].Trim()))
        );

    private static string Text(Row row, int? place) => place is { } at ? row.Cells[at].Trim() : "";
}

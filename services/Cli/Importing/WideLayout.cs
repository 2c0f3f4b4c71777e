using EarlyWarning.Cli.Output;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads a row as a country with one observation in each indicator's column.</summary>
internal sealed class WideLayout : ILayout
{
    private readonly CountryKeys _countries;
    private readonly HashSet<string> _missing;
    private readonly int _country;
    private readonly int? _time;
    private readonly int? _known;
    private readonly int? _sourceAt;
    private readonly Columns _columns;
    private readonly Timestamp? _observedAt;
    private readonly Timestamp? _knownAt;
    private readonly string _source;
    private readonly (int Place, string Column, string Indicator)[] _indicators;

    public WideLayout(Mapping mapping, Columns columns, CountryKeys countries)
    {
        _countries = countries;
        _columns = columns;
        _missing = [.. mapping.Missing];
        _country = columns.Needed(mapping.Country.Column!, "which the mapping names for the country");
        _time = mapping.Time.Column is { } time ? columns.Needed(time, "which the mapping names for the time") : null;
        _known = mapping.KnownAt?.Column is { } known ? columns.Needed(known, "which the mapping names for known_at") : null;
        _observedAt = TimeReader.Constant(mapping.Time);
        _knownAt = TimeReader.Constant(mapping.KnownAt);
        _sourceAt = mapping.Source is null && mapping.SourceColumn is { } source ? columns.Needed(source, "which the mapping names for the source") : null;
        _source = mapping.Source ?? (_sourceAt is null
            ? throw new CliException("there is no source. Give --source, or source or source_column in the mapping file.")
            : "");

        HashSet<string> others = [mapping.Country.Column!, .. mapping.Indicators.Except];
        others.UnionWith(new[] { mapping.Time.Column, mapping.KnownAt?.Column, mapping.SourceColumn }.OfType<string>());
        foreach (var name in mapping.Indicators.Except.Concat(mapping.Indicators.Rename.Keys))
        {
            columns.Needed(name, "which the mapping names under indicators");
        }

        IEnumerable<string> chosen = mapping.Indicators.Columns.Count > 0 ? mapping.Indicators.Columns : columns.Names;
        _indicators =
        [
            .. chosen.Where(name => !others.Contains(name) && !name.StartsWith(RejectsFile.Prefix, StringComparison.Ordinal))
                .Select(name => (columns.Needed(name, "which the mapping names under indicators"), name, mapping.Indicators.Rename.GetValueOrDefault(name, name))),
        ];
        if (_indicators.Length == 0)
        {
            throw new CliException("the mapping leaves no column as an indicator.");
        }
    }

    /// <summary>The indicators' codes, in the order of the columns.</summary>
    public IEnumerable<string> Indicators => _indicators.Select(indicator => indicator.Indicator);

    /// <summary>Whose row it is and of when.</summary>
    public (string Country, Timestamp ObservedAt) KeyOf(Row row)
    {
        var observedAt = _time is { } at ? TimeReader.Cell(row.Cells[at], _columns.Names[at]) : _observedAt!;
        return (_countries.Find(row.Cells[_country], _columns.Names[_country], observedAt), observedAt);
    }

    public IEnumerable<Item> Read(Row row, Tally tally)
    {
        var (country, observedAt) = KeyOf(row);
        var knownAt = _known is { } known ? TimeReader.Cell(row.Cells[known], _columns.Names[known]) : _knownAt;
        var source = _sourceAt is { } place ? row.Cells[place].Trim() : _source;
        var items = new List<Item>(_indicators.Length);
        foreach (var (cell, column, indicator) in _indicators)
        {
            var text = row.Cells[cell].Trim();
            if (_missing.Contains(text))
            {
                tally.Empty++;
                continue;
            }

            try
            {
                items.Add(new(
                    new() { Country = country, Indicator = indicator, Value = Numbers.Read(text, column), ObservedAt = observedAt, KnownAt = knownAt, Source = source },
                    row,
                    column));
            }
            catch (RowException error)
            {
                tally.Reject(new(row, error.Column, error.Reason, error.Message));
            }
        }

        return items;
    }

    public int ValuesOf(Row row)
        => Math.Max(1, _indicators.Count(indicator => indicator.Place < row.Cells.Length && !_missing.Contains(row.Cells[indicator.Place].Trim())));
}

using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Scoring;

/// <summary>A table of country-periods that a model is fitted on: the wide layout of an import, a column a predictor.</summary>
internal sealed class TrainingFile
{
    private readonly Dictionary<string, double[]> _columns = new(StringComparer.Ordinal);
    private readonly List<string> _countries = [];
    private readonly List<Timestamp> _times = [];
    private readonly string _path;

    private TrainingFile(string path) => _path = path;

    /// <summary>Reads a table; a predictor that is named is one also where its column holds the time.</summary>
    public static async Task<TrainingFile> ReadAsync(
        string path,
        string? mappingPath,
        IEnumerable<string> predictors,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        var mapping = mappingPath is not null
            ? MappingFile.Find(mappingPath)
            : new Mapping
            {
                Layout = Mapping.WideLayout,
                Country = new() { Column = "country" },
                Time = new() { Column = "time" },
            };
        if (mapping.Layout != Mapping.WideLayout)
        {
            throw new CliException($"--mapping: '{mappingPath}' is of the long layout. A table has a column for each predictor.");
        }

        if (mapping.Repeated is not null)
        {
            throw new CliException(
                $"--mapping: '{mappingPath}' says repeated: {mapping.Repeated}, which is for an import. A table has one row for each "
                    + $"country and time."
            );
        }

        // Nothing of it is recorded, so where it comes from is of no account.
        mapping.Source ??= "table";
        var table = await CsvTable.ReadAsync(path, cancellation, mapping.Delimiter);
        if (mappingPath is null)
        {
            table.Columns.Needed("country", "which a table needs (for other columns give --mapping)");
            table.Columns.Needed("time", "which a table needs (for other columns give --mapping)");
        }

        mapping.Indicators.Also.AddRange(predictors.Where(name => name == mapping.Time.Column && table.Columns.Has(name)));
        var keys = new CountryKeys(mapping.Country, await KnownCountries.ReadAsync(context.Suite, cancellation)) { InAnyYear = true };
        var layout = new WideLayout(mapping, table.Columns, keys);
        var filter = new RowFilter(mapping, table.Columns);
        var rows = table.Rows.Where(row => Chosen(filter, row, table)).ToList();
        var file = new TrainingFile(path);
        foreach (var indicator in layout.Indicators)
        {
            var values = new double[rows.Count];
            Array.Fill(values, double.NaN);
            file._columns.Add(indicator, values);
        }

        foreach (var row in rows)
        {
            file.Take(row, layout, table);
        }

        return file;
    }

    /// <summary>The rows as units, with the values that they have of some variables.</summary>
    public IEnumerable<UnitValues> ToUnits(IReadOnlyCollection<string> variables) =>
        _countries.Select(
            (country, row) =>
                new UnitValues
                {
                    Code = $"{country} {_times[row].ToDateTime():yyyy-MM-dd}",
                    Values =
                    {
                        variables
                            .Where(name => _columns.TryGetValue(name, out var values) && !double.IsNaN(values[row]))
                            .Select(name => new IndicatorValue { Indicator = name, Value = _columns[name][row] }),
                    },
                }
        );

    /// <summary>A column's values, NaN where there is none.</summary>
    public IReadOnlyList<double> Values(string column, string option) =>
        _columns.TryGetValue(column, out var values)
            ? values
            : throw new CliException($"{option}: {_path} has no column '{column}'. It has: {string.Join(", ", _columns.Keys)}.");

    /// <summary>How many decimals a column's values have at most, 15 of those with more.</summary>
    public int DecimalsOf(string column) => _columns[column].Where(value => !double.IsNaN(value)).Select(Decimals).DefaultIfEmpty(0).Max();

    /// <summary>The mean size of a column's values; nothing where it has none.</summary>
    public double? TypicalSize(string column) =>
        _columns.TryGetValue(column, out var values) && values.Where(value => !double.IsNaN(value)).ToArray() is { Length: > 0 } known
            ? known.Average(Math.Abs)
            : null;

    /// <summary>The table with these predictors; where none are named, all columns but the withheld.</summary>
    public TrainingTable ToTable(string[] predictors, string[] withheld)
    {
        if (predictors.FirstOrDefault(name => !_columns.ContainsKey(name)) is { } unknown)
        {
            throw new CliException($"--predictors: {_path} has no column '{unknown}'. It has: {string.Join(", ", _columns.Keys)}.");
        }

        if (predictors.FirstOrDefault(withheld.Contains) is { } leaked)
        {
            throw new CliException($"--predictors: '{leaked}' tells of the outcome and cannot predict it.");
        }

        string[] chosen = predictors.Length > 0 ? predictors : [.. _columns.Keys.Where(name => !withheld.Contains(name))];
        return new()
        {
            Countries = { _countries },
            Times = { _times },
            Predictors = { chosen.Select(name => new ReferenceColumn { Indicator = name, Values = { _columns[name] } }) },
        };
    }

    /// <summary>
    /// What a column tells: an event where it is above 0, none where it is not, nothing where it has no value; nothing of a column that is
    /// not there.
    /// </summary>
    public IEnumerable<ToldOutcome>? ToldBy(string column) =>
        _columns.TryGetValue(column, out var values)
            ? values
                .Index()
                .Where(one => !double.IsNaN(one.Item))
                .Select(one => new ToldOutcome
                {
                    Country = _countries[one.Index],
                    Time = _times[one.Index],
                    Event = one.Item > 0,
                })
            : null;

    private static bool Chosen(RowFilter filter, Row row, CsvTable table)
    {
        try
        {
            return filter.Chooses(row);
        }
        catch (RowException error)
        {
            throw table.Wrong(row, error.Column, error.Message);
        }
    }

    private static int Decimals(double value)
    {
        for (var decimals = 0; decimals < 15; decimals++)
        {
            if (Math.Round(value, decimals) == value)
            {
                return decimals;
            }
        }

        return 15;
    }

    private void Take(Row row, WideLayout layout, CsvTable table)
    {
        var tally = new Tally(rejects: null);
        try
        {
            var (country, time) = layout.KeyOf(row);
            var place = _countries.Count;
            _countries.Add(country);
            _times.Add(time);
            foreach (var item in layout.Read(row, tally))
            {
                _columns[item.Observation.Indicator][place] = item.Observation.Value;
            }
        }
        catch (RowException error)
        {
            throw table.Wrong(row, error.Column, error.Message);
        }

        if (tally.Causes.FirstOrDefault() is { } cause)
        {
            throw table.Wrong(row, cause.Column, cause.Problem);
        }
    }
}

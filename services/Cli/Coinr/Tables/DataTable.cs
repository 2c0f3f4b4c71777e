using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Coinr.Tables;

/// <summary>COINr's iData: a row a unit (and time, in a panel), a column an indicator, denominator or grouping.</summary>
internal sealed class DataTable
{
    private const string UnitColumn = "uCode";
    private const string TimeColumn = "Time";

    private static readonly string[] s_special = [UnitColumn, "uName", TimeColumn];

    private readonly CsvTable _table;
    private readonly MetaTable _meta;
    private readonly List<DataRow> _rows;

    private DataTable(CsvTable table, MetaTable meta, int? year)
    {
        _table = table;
        _meta = meta;
        table.Columns.Needed(UnitColumn, "which COINr needs in iData");
        foreach (var row in meta.Indicators.Concat(meta.Denominators).Concat(meta.Groups))
        {
            table.Columns.Needed(row.ICode, $"which line {row.Row.Line} of {meta.Path} names");
        }

        if (table.Columns.Names.FirstOrDefault(name => !s_special.Contains(name) && meta.Find(name) is null) is { } stray)
        {
            throw new CliException(
                $"{table.Path} has the column '{stray}', which {meta.Path} does not name. Add its row there (Type Other keeps it out), "
                    + $"or take it out."
            );
        }

        _rows = [.. table.Rows.Select(Read)];
        HasTime = _rows.Exists(row => row.Time is not null);
        if (year is { } only && HasTime)
        {
            _rows.RemoveAll(row => row.Time != only);
            if (_rows.Count == 0)
            {
                throw new CliException($"{table.Path} has no row whose {TimeColumn} is {only}.");
            }
        }

        IsPanel = _rows.Select(row => row.Time).Distinct().Count() > 1;
        CheckUnits();

        // COINr sorts so before anything else, and ties of its methods hang on it.
        _rows = [.. _rows.OrderBy(row => IsPanel ? row.Time : null).ThenBy(row => row.Code, StringComparer.Ordinal)];
    }

    /// <summary>Several times: each row of the reference set is a unit in a year.</summary>
    public bool IsPanel { get; }

    public bool HasTime { get; }

    public IReadOnlyList<DataRow> Rows => _rows;

    public static async Task<DataTable> ReadAsync(string path, MetaTable meta, int? year, CancellationToken cancellation) =>
        new(await CsvTable.ReadAsync(path, cancellation), meta, year);

    /// <summary>The table as what the methods look at, with these columns.</summary>
    public ReferenceSet ToReferenceSet(IEnumerable<MetaRow> columns, string description)
    {
        var set = new ReferenceSet { Description = description };
        foreach (var row in _rows)
        {
            var unit = new ReferenceUnit { Code = row.Code };
            if (IsPanel && row.Time is { } time)
            {
                unit.Year = time;
            }

            foreach (var group in _meta.Groups)
            {
                if (_table.Text(row.Row, group.ICode) is { Length: > 0 } name)
                {
                    unit.Groups.Add(group.ICode, name);
                }
            }

            set.Units.Add(unit);
        }

        set.Columns.Add(
            columns.Select(column => new ReferenceColumn
            {
                Indicator = column.Code,
                Values = { _rows.Select(row => _table.Number(row.Row, column.ICode) ?? double.NaN) },
            })
        );
        return set;
    }

    private DataRow Read(Row row)
    {
        var code = _table.Text(row, UnitColumn);
        return code.Length > 0
            ? new(row, code, _table.Number(row, TimeColumn))
            : throw _table.Wrong(row, UnitColumn, "there is no code. Give the unit's.");
    }

    private void CheckUnits()
    {
        var seen = new HashSet<(string, double?)>();
        foreach (var row in _rows)
        {
            if (IsPanel && row.Time is null)
            {
                throw _table.Wrong(row.Row, TimeColumn, "other rows have a time and this one has none. Give it.");
            }

            if (!seen.Add((row.Code, row.Time)))
            {
                throw _table.Wrong(row.Row, UnitColumn, $"'{row.Code}' is there twice{(IsPanel ? $" for {row.Time}" : "")}. Take one out.");
            }
        }
    }

    /// <summary>A unit, in a panel at a time.</summary>
    internal sealed record DataRow(Row Row, string Code, double? Time);
}

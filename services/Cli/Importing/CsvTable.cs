using System.Globalization;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>A CSV file that fits in memory, whose faults are named by file, line and column.</summary>
internal sealed class CsvTable
{
    private CsvTable(string path, Columns columns, IReadOnlyList<Row> rows)
    {
        Path = path;
        Columns = columns;
        Rows = rows;
    }

    public string Path { get; }

    public Columns Columns { get; }

    public IReadOnlyList<Row> Rows { get; }

    public static async Task<CsvTable> ReadAsync(string path, CancellationToken cancellation, string? delimiter = null)
    {
        using var csv = CsvSource.Open(path, delimiter);
        var rows = new List<Row>();
        await foreach (var row in csv.RowsAsync(cancellation))
        {
            rows.Add(CsvSource.FaultOf(row, csv.Columns) is { } fault ? throw new CliException($"{path}, line {row.Line}: {fault}") : row);
        }

        return rows.Count > 0 ? new(path, csv.Columns, rows) : throw new CliException($"{path} has a header and no rows.");
    }

    /// <summary>A cell's text; empty for NA, and where the file has no such column.</summary>
    public string Text(Row row, string column) =>
        Columns.Optional(column) is { } place && row.Cells[place].Trim() is var text && text != "NA" ? text : "";

    /// <summary>A cell's number; nothing where it is empty or NA, and where the file has no such column.</summary>
    public double? Number(Row row, string column)
    {
        var text = Text(row, column);
        return text.Length == 0 ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
            : throw Wrong(
                row,
                column,
                $"'{text}' is not a number. Write it with a point, such as 12.5; leave the cell empty or write NA where there is none."
            );
    }

    public CliException Wrong(Row row, string column, string what) => new($"{Path}, line {row.Line}, column {column}: {what}");
}

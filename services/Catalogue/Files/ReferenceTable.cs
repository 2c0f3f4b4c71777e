using System.Globalization;

namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads a table of units by indicators, one row a unit, with a header, as comma-separated values.</summary>
internal static class ReferenceTable
{
    private static readonly string[] s_missing = ["", "NA", "NaN"];

    /// <summary>Which columns of a table are what.</summary>
    /// <param name="Unit">The column of the units' codes.</param>
    /// <param name="Year">The column of the years; <see langword="null"/> in a table with one row a unit.</param>
    /// <param name="Groups">The columns of groupings.</param>
    /// <param name="Indicators">The codes of the indicators whose columns are wanted; a header may write them in capitals.</param>
    internal sealed record Layout(string Unit, string? Year, IReadOnlyList<string> Groups, IReadOnlyList<string> Indicators);

    /// <summary>Reads a table; further columns are left aside.</summary>
    /// <exception cref="FormatException">The table is not of this form; the message names line and column.</exception>
    public static V1.ReferenceSet Read(TextReader text, Layout layout)
    {
        using TableReader table = new(text);
        var header = table.Header;
        var unit = ColumnOf(header, layout.Unit);
        var year = layout.Year is { } name ? ColumnOf(header, name) : -1;
        (string Name, int At)[] groups = [.. layout.Groups.Select(group => (group, ColumnOf(header, group)))];
        (V1.ReferenceColumn Column, int At)[] columns =
        [
            .. header
                .Select((title, at) => (Column: new V1.ReferenceColumn { Indicator = CodeOf(title, layout.Indicators) }, At: at))
                .Where(pair => pair.Column.Indicator.Length > 0),
        ];
        var set = new V1.ReferenceSet();
        foreach (var (line, cells) in table.Rows())
        {
            if (cells.Length != header.Length)
            {
                throw new FormatException(
                    $"Line {line}: there are {cells.Length} cells, and the header has {header.Length}. Check its quotes and commas."
                );
            }

            var added = new V1.ReferenceUnit { Code = cells[unit] };
            if (year >= 0)
            {
                added.Year = Number(cells[year], line, header[year]);
            }

            foreach (var (grouping, at) in groups.Where(group => !s_missing.Contains(cells[group.At])))
            {
                added.Groups[grouping] = cells[at];
            }

            set.Units.Add(added);
            foreach (var (column, at) in columns)
            {
                column.Values.Add(s_missing.Contains(cells[at]) ? double.NaN : Number(cells[at], line, header[at]));
            }
        }

        set.Columns.AddRange(columns.Select(pair => pair.Column));
        return set;
    }

    private static int ColumnOf(string[] header, string name)
    {
        var at = Array.IndexOf(header, name);
        return at >= 0 ? at : throw new FormatException($"Line 1: there is no column '{name}'. There are {string.Join(", ", header)}.");
    }

    private static string CodeOf(string title, IReadOnlyList<string> indicators) =>
        indicators.FirstOrDefault(code => string.Equals(code, title, StringComparison.OrdinalIgnoreCase)) ?? "";

    private static double Number(string cell, long line, string column) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new FormatException(
                $"Line {line}: '{cell}' in the column '{column}' is no number. Leave the cell empty, or write NA, where there is none."
            );
}

using System.Globalization;
using System.Text;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Exporting;

/// <summary>A column of an exported table: its header, its HXL hashtag and its cells.</summary>
internal sealed record ExportColumn<T>(string Title, string Hashtag, Func<T, string> Cell)
{
    public static ExportColumn<T> Number(string title, string hashtag, Func<T, double?> value) =>
        new(title, hashtag, row => value(row) is { } number && double.IsFinite(number) ? CsvOutput.Number(number) : "");

    public static ExportColumn<T> Whole(string title, string hashtag, Func<T, long?> value) =>
        new(title, hashtag, row => value(row)?.ToString(CultureInfo.InvariantCulture) ?? "");
}

/// <summary>Writes exported tables.</summary>
internal static class ExportTable
{
    /// <summary>Writes the rows, with a row of hashtags under the header where it is to be HXL.</summary>
    public static void Write<T>(CsvOutput csv, IReadOnlyList<ExportColumn<T>> columns, IEnumerable<T> rows, bool hxl)
    {
        csv.Row(columns.Select(column => column.Title));
        if (hxl)
        {
            csv.Row(columns.Select(column => column.Hashtag));
        }

        foreach (var row in rows)
        {
            csv.Row(columns.Select(column => column.Cell(row)));
        }
    }

    /// <summary>A code as an HXL attribute, which has small letters, figures and underscores alone.</summary>
    public static string Attribute(string code)
    {
        var attribute = new StringBuilder(code.Length);
        foreach (var c in code.ToLowerInvariant())
        {
            attribute.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        return attribute.ToString();
    }
}

using System.Text;

namespace EarlyWarning.Catalogue.Files;

/// <summary>
/// Splits a line of comma-separated values (RFC 4180), quoted or not. A table of coefficients has no line breaks within a cell.
/// </summary>
internal static class CsvLine
{
    /// <summary>Splits a line into its cells.</summary>
    /// <exception cref="FormatException">It has a NUL, which figures before it would be read without.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        if (line.Contains('\0', StringComparison.Ordinal))
        {
            throw new FormatException("The table has a NUL in it, which no text has. Save it as UTF-8.");
        }

        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}

using EarlyWarning.Cli.Output;
using Spectre.Console;

namespace EarlyWarning.Cli.Top;

/// <summary>A line of the screen: its pieces, and whether it is the marked one.</summary>
internal sealed record TopLine(IReadOnlyList<Cell> Parts, bool Marked = false)
{
    public static TopLine Of(params Cell[] parts) => new(parts);

    /// <summary>The line without what is beyond a width.</summary>
    public TopLine Cut(int width)
    {
        var parts = new List<Cell>();
        var left = width;
        foreach (var part in Parts)
        {
            var text = TopTable.Cut(part.Text, left);
            left -= text.GetCellWidth();
            parts.Add(part with { Text = text });
        }

        return this with
        {
            Parts = parts,
        };
    }
}

/// <summary>Lays rows out one line each: every column is as wide as what is in it, and one takes or gives what is left.</summary>
internal static class TopTable
{
    private const int Least = 8;

    /// <summary>The lines, headed by the titles.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="stretched">The place of the column that is as wide as the others let it be.</param>
    /// <param name="rows">The rows that are shown.</param>
    /// <param name="marked">The place of the marked row; -1 for none.</param>
    /// <param name="width">The screen's width.</param>
    public static IEnumerable<TopLine> Lay(Column[] columns, int stretched, IReadOnlyList<Cell[]> rows, int marked, int width)
    {
        int[] widths =
        [
            .. columns.Select(
                (column, place) => rows.Select(row => row[place].Text.GetCellWidth()).Append(column.Title.GetCellWidth()).Max()
            ),
        ];
        var rest = widths.Where((_, place) => place != stretched).Sum() + (2 * columns.Length);
        widths[stretched] = Math.Max(Least, width - rest);
        yield return Row("  ", [.. columns.Select(column => new Cell(column.Title, Tone.Dim))], columns, widths, marked: false).Cut(width);
        for (var place = 0; place < rows.Count; place++)
        {
            yield return Row(place == marked ? "> " : "  ", rows[place], columns, widths, place == marked).Cut(width);
        }
    }

    /// <summary>The text, or as much of it as goes into a width, with a sign that there is more.</summary>
    public static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        var end = text.Length;
        while (end > 0 && text[..end].GetCellWidth() > width - 1)
        {
            end--;
        }

        return width > 0 ? text[..end] + "…" : "";
    }

    private static TopLine Row(string mark, Cell[] cells, Column[] columns, int[] widths, bool marked)
    {
        var parts = new List<Cell> { mark };
        for (var place = 0; place < cells.Length; place++)
        {
            var text = Cut(cells[place].Text, widths[place]);
            var space = new string(' ', widths[place] - text.GetCellWidth());
            parts.Add(cells[place] with { Text = columns[place].Right ? space + text : text + space });
            if (place < cells.Length - 1)
            {
                parts.Add("  ");
            }
        }

        return new(parts, marked);
    }
}

using Spectre.Console;

namespace EarlyWarning.Cli.Output;

/// <summary>
/// Lays a table out. Piped it is one line a row, cells parted by tabs and nothing padded. On a screen it is aligned; where it is wider than
/// the screen its texts go over several lines, and where even that does not fit each row becomes a block. A word, and with it an id, is
/// never broken.
/// </summary>
internal sealed class TableText
{
    private const int Gap = 2;

    private readonly IReadOnlyList<Column> _columns;
    private readonly List<Cell[]> _rows;

    public TableText(IReadOnlyList<Column> columns, IEnumerable<Cell[]> rows)
    {
        _columns = columns;
        _rows = [.. rows.Select(row => row.Select(cell => cell with { Text = Visible.Of(cell.Text) }).ToArray())];
    }

    /// <summary>One line a row.</summary>
    public IEnumerable<string> Piped()
    {
        yield return string.Join('\t', _columns.Select(column => column.Title));
        foreach (var row in _rows)
        {
            yield return string.Join('\t', row.Select(cell => cell.Text));
        }
    }

    /// <summary>Lines of pieces that together are no wider than the screen, but for words that are wider by themselves.</summary>
    public IEnumerable<List<Cell>> OnScreen(int width)
    {
        int[] natural =
        [
            .. _columns.Select(
                (column, place) => _rows.Select(row => row[place].Text.GetCellWidth()).Append(column.Title.GetCellWidth()).Max()
            ),
        ];
        int[] least =
        [
            .. _columns.Select(
                (column, place) =>
                    column.Right
                        ? natural[place]
                        : _rows.Select(row => LongestWord(row[place].Text)).Append(LongestWord(column.Title)).Max()
            ),
        ];
        var gaps = Gap * (_columns.Count - 1);
        return natural.Sum() + gaps <= width ? Aligned(natural)
            : least.Sum() + gaps <= width ? Aligned(Shared(natural, least, width - gaps))
            : Blocks(width);
    }

    private IEnumerable<List<Cell>> Aligned(int[] widths)
    {
        var header = _columns.Select(column => new Cell(column.Title, Tone.Dim)).ToArray();
        return _rows.Prepend(header).SelectMany(row => Lines(row, widths));
    }

    private IEnumerable<List<Cell>> Lines(Cell[] row, int[] widths)
    {
        var wrapped = row.Select((cell, place) => Wrapped(cell.Text, widths[place])).ToArray();
        for (var number = 0; number < wrapped.Max(lines => lines.Count); number++)
        {
            var line = new List<Cell>();
            var owed = 0;
            for (var place = 0; place < row.Length; place++)
            {
                var text = number < wrapped[place].Count ? wrapped[place][number] : "";
                var space = widths[place] - text.GetCellWidth();
                var before = owed + (_columns[place].Right ? space : 0);
                owed = Gap + (_columns[place].Right ? 0 : space);
                if (text.Length == 0)
                {
                    owed += before;
                    continue;
                }

                line.Add(new(new string(' ', before) + text, row[place].Tone));
            }

            yield return line;
        }
    }

    private IEnumerable<List<Cell>> Blocks(int width)
    {
        var title = _columns.Max(column => column.Title.GetCellWidth());
        var isFirst = true;
        foreach (var row in _rows)
        {
            if (!isFirst)
            {
                yield return [];
            }

            isFirst = false;
            for (var place = 0; place < row.Length; place++)
            {
                var number = 0;
                foreach (var text in row[place].Text.Length > 0 ? Wrapped(row[place].Text, Math.Max(10, width - title - Gap)) : [])
                {
                    var name = number++ == 0 ? _columns[place].Title : "";
                    yield return [new(name + new string(' ', title - name.GetCellWidth() + Gap), Tone.Dim), new(text, row[place].Tone)];
                }
            }
        }
    }

    // What is left beyond the least goes first to the columns that lack little.
    private static int[] Shared(int[] natural, int[] least, int width)
    {
        var widths = (int[])least.Clone();
        var left = width - least.Sum();
        foreach (var place in Enumerable.Range(0, natural.Length).OrderBy(place => natural[place] - least[place]))
        {
            var more = Math.Min(left, natural[place] - least[place]);
            widths[place] += more;
            left -= more;
        }

        return widths;
    }

    private static int LongestWord(string text) => text.Split(' ').Max(word => word.GetCellWidth());

    private static List<string> Wrapped(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.GetCellWidth() + 1 + word.GetCellWidth() > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length > 0 ? $"{line} {word}" : word;
            }
        }

        lines.Add(line);
        return lines;
    }
}

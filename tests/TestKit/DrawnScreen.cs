using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EarlyWarning.TestKit;

/// <summary>
/// What a person sees of what a program writes to a terminal: obeys the sequences that move the cursor and clear, and shows the rest.
/// </summary>
public sealed partial class DrawnScreen : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _raw = new();
    private readonly StringBuilder _open = new();
    private SortedDictionary<int, StringBuilder> _main = [];
    private SortedDictionary<int, StringBuilder> _other = [];
    private (int Row, int Column) _at;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Whether the other screen is shown, on which full-screen programs draw.</summary>
    public bool IsOther { get; private set; }

    /// <summary>Everything that was written, as it was written.</summary>
    public string Raw
    {
        get
        {
            lock (_lock)
            {
                return _raw.ToString();
            }
        }
    }

    /// <summary>The lines as they are now, without what is empty at their ends.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                var last = _main.Count > 0 ? _main.Keys.Max() : -1;
                return string.Join(
                    '\n',
                    Enumerable.Range(0, last + 1).Select(row => _main.TryGetValue(row, out var line) ? line.ToString().TrimEnd() : "")
                );
            }
        }
    }

    /// <summary>Forgets what was written so far; what is seen stays.</summary>
    public void ForgetRaw()
    {
        lock (_lock)
        {
            _raw.Clear();
        }
    }

    public override void Write(char value)
    {
        lock (_lock)
        {
            _raw.Append(value);
            _open.Append(value);
            if (_open[0] != '\e')
            {
                Show(value);
                _open.Clear();
            }
            else if (Sequence().Match(_open.ToString()) is { Success: true } sequence)
            {
                Obey(sequence.Groups["how"].Value, sequence.Groups["what"].Value);
                _open.Clear();
            }
        }
    }

    private void Show(char value)
    {
        switch (value)
        {
            case '\r':
                _at.Column = 0;
                break;
            case '\n':
                _at = (_at.Row + 1, 0);
                break;
            case < ' ':
                break;
            default:
                var line = Line(_at.Row);
                line.Append(' ', Math.Max(0, _at.Column + 1 - line.Length));
                line[_at.Column++] = value;
                break;
        }
    }

    private void Obey(string how, string what)
    {
        var numbers = how.TrimStart('?')
            .Split(';')
            .Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out var n) ? n : 1)
            .ToArray();
        switch (what)
        {
            case "H":
                _at = (numbers[0] - 1, numbers.Length > 1 ? numbers[1] - 1 : 0);
                break;
            case "K":
                Line(_at.Row).Length = Math.Min(Line(_at.Row).Length, _at.Column);
                break;
            case "J":
                _main.Clear();
                break;
            case "h" or "l" when how == "?1049":
                (IsOther, _main, _other) = (what == "h", _other, _main);
                break;
            default:
                break;
        }
    }

    private StringBuilder Line(int row)
    {
        if (!_main.TryGetValue(row, out var line))
        {
            _main[row] = line = new();
        }

        return line;
    }

    // CSI sequences, the choice of a character set, and single signs such as that of the keypad.
    [GeneratedRegex(@"^\e(\[(?<how>[?0-9;]*)(?<what>[a-zA-Z])|[()].|[=>78M])$")]
    private static partial Regex Sequence();
}

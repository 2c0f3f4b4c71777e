using System.Globalization;
using System.Text;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Top;

/// <summary>
/// A terminal's other screen, on which lines are drawn over those before: only what differs is written, in one piece, so that nothing
/// flickers; what was on the terminal is there again afterwards.
/// </summary>
internal sealed class TopScreen(Terminal terminal)
{
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Exit = "\e[?25h\e[?1049l";
    private const string Clear = "\e[2J";

    private (int Width, int Height) _size;
    private List<string>? _shown;
    private bool _entered;

    /// <summary>Draws, and says whether anything differed.</summary>
    public bool Paint(IReadOnlyList<TopLine> lines, (int Width, int Height) size)
    {
        var text = new StringBuilder();
        if (!_entered)
        {
            text.Append(Enter);
            _entered = true;
        }

        if (_shown is null || _size != size)
        {
            text.Append(Clear);
            (_shown, _size) = ([], size);
        }

        for (var place = 0; place < Math.Max(lines.Count, _shown.Count) && place < size.Height; place++)
        {
            var line = place < lines.Count ? Text(lines[place], terminal) : "";
            if (line == (place < _shown.Count ? _shown[place] : ""))
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"\e[{place + 1};1H").Append(line).Append("\e[K");
        }

        _shown = [.. lines.Select(line => Text(line, terminal))];
        if (text.Length == 0)
        {
            return false;
        }

        terminal.Out.Write(text);
        terminal.Out.Flush();
        return true;
    }

    /// <summary>Draws everything the next time, whatever is there.</summary>
    public void Forget() => _shown = null;

    /// <summary>Gives the terminal back as it was.</summary>
    public void Leave()
    {
        if (_entered)
        {
            terminal.Out.Write(Exit);
            terminal.Out.Flush();
            _entered = false;
        }
    }

    /// <summary>A line as it is written: with colours where they are shown and wanted, in the signs that the screen has.</summary>
    public static string Text(TopLine line, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (var part in line.Parts.Where(part => part.Text.Length > 0))
        {
            var signs = terminal.IsUnicode ? part.Text : AsciiText.Of(part.Text);
            var code = terminal.HasColours ? ColourOf(part.Tone) : "";
            text.Append(
                (code, line.Marked && terminal.CanMove) switch
                {
                    ("", false) => signs,
                    ("", true) => $"\e[7m{signs}\e[0m",
                    (_, false) => $"\e[{code}m{signs}\e[0m",
                    _ => $"\e[7;{code}m{signs}\e[0m",
                }
            );
        }

        return text.ToString().TrimEnd(' ');
    }

    private static string ColourOf(Tone tone) =>
        tone switch
        {
            Tone.Good => "32",
            Tone.Warn => "33",
            Tone.Bad => "31",
            Tone.Dim => "90",
            _ => "",
        };
}

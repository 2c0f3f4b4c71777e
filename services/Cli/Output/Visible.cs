using System.Globalization;
using System.Text;

namespace EarlyWarning.Cli.Output;

/// <summary>
/// Makes what a terminal would obey, or show in another order, visible instead: text comes from files and from other people, and must not
/// move the cursor, colour or retitle the window of whoever reads it.
/// </summary>
internal static class Visible
{
    /// <summary>The text with every control character, line break and change of direction written out.</summary>
    public static string Of(string text) => Escaped(text, keepsLines: false);

    /// <summary>The same, with its lines.</summary>
    public static string Lines(string text) => Escaped(text, keepsLines: true);

    private static string Escaped(string text, bool keepsLines)
    {
        if (!text.Any(sign => IsHidden(sign, keepsLines)))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 8);
        foreach (var sign in text)
        {
            if (IsHidden(sign, keepsLines))
            {
                shown.Append(
                    sign switch
                    {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        '\t' => "\\t",
                        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)sign:X4}"),
                    }
                );
            }
            else
            {
                shown.Append(sign);
            }
        }

        return shown.ToString();
    }

    private static bool IsHidden(char sign, bool keepsLines) =>
        !(keepsLines && sign == '\n')
        && (
            char.IsControl(sign)
            || sign is '\u061C' or '\u200E' or '\u200F' or '\uFEFF' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        );
}

using System.Buffers;
using System.Globalization;

namespace EarlyWarning.Yaml;

/// <summary>Spans of time as files write them.</summary>
public static class Spans
{
    /// <summary>The form, in words.</summary>
    public const string Form = "Write numbers with s, m, h, d or w behind them, such as 90d, 1h30m or 0.5s; at most 36500d.";

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(36_500);

    /// <summary>
    /// Reads one: parts such as <c>2w</c>, <c>90d</c>, <c>12h</c>, <c>30m</c>, <c>10s</c> or <c>500ms</c>, put one behind the other.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(text);
        span = TimeSpan.Zero;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(s_digits);
            if (
                digits <= 0
                || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            )
            {
                return false;
            }

            rest = rest[digits..];
            var letters = rest.IndexOfAny(s_digits);
            var unit = letters < 0 ? rest : rest[..letters];
            rest = rest[unit.Length..];
            var seconds =
                count
                * unit switch
                {
                    "ms" => 0.001,
                    "s" => 1,
                    "m" => 60,
                    "h" => 3_600,
                    "d" => 86_400,
                    "w" => 604_800,
                    _ => double.NaN,
                };
            if (!(seconds <= s_longest.TotalSeconds) || (span += TimeSpan.FromSeconds(seconds)) > s_longest)
            {
                return false;
            }
        }

        return text.Length > 0;
    }
}

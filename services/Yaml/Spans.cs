using System.Buffers;
using System.Globalization;

namespace EarlyWarning.Yaml;

/// <summary>Spans of time as files and people write them: parts such as <c>1h30m</c>, put one behind the other.</summary>
public static class Spans
{
    /// <summary>The form, in words.</summary>
    public const string Form = "Write numbers with s, m, h, d or w behind them, such as 90d, 1h30m or 0.5s; at most 36500d.";

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(36_500);

    private static readonly Dictionary<string, double> s_seconds = new()
    {
        ["ms"] = 0.001,
        ["s"] = 1,
        ["m"] = 60,
        ["h"] = 3_600,
        ["d"] = 86_400,
        ["w"] = 604_800,
    };

    /// <summary>
    /// Reads one: parts such as <c>2w</c>, <c>90d</c>, <c>12h</c>, <c>30m</c>, <c>10s</c> or <c>500ms</c>, put one behind the other.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan span) => TryParse(text, s_seconds, s_longest, out span);

    /// <summary>Writes one as it is read, to the millisecond: <c>1h30m</c>.</summary>
    public static string Text(TimeSpan span)
    {
        (int Count, string Unit)[] parts =
        [
            ((int)span.TotalDays, "d"),
            (span.Hours, "h"),
            (span.Minutes, "m"),
            (span.Seconds, "s"),
            (span.Milliseconds, "ms"),
        ];
        var text = string.Concat(
            parts.Where(part => part.Count > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count}{part.Unit}"))
        );
        return text.Length > 0 ? text : "0s";
    }

    /// <summary>Reads one whose parts have other units.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seconds">How many seconds each unit has.</param>
    /// <param name="longest">Beyond what it is none, at most the longest that there is.</param>
    /// <param name="span">The span; 0 where the text is none.</param>
    public static bool TryParse(string text, IReadOnlyDictionary<string, double> seconds, TimeSpan longest, out TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(seconds);
        span = TimeSpan.Zero;
        var sum = 0.0;
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
            if (!seconds.TryGetValue(unit.ToString(), out var each))
            {
                return false;
            }

            sum += count * each;
        }

        if (text.Length == 0 || !(sum <= longest.TotalSeconds))
        {
            return false;
        }

        span = TimeSpan.FromSeconds(sum);
        return true;
    }
}

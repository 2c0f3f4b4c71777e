using System.Globalization;
using System.Text.RegularExpressions;

namespace EarlyWarning.Sidecar.Configuration;

/// <summary>Durations as Dapr's files write them: <c>500ms</c>, <c>1m30s</c>, or a bare number of milliseconds.</summary>
internal static partial class GoDuration
{
    /// <summary>A duration of Go ends at some 292 years.</summary>
    private const long MostMilliseconds = 292L * 365 * 86_400_000;

    /// <summary>Reads one; <see langword="null"/> where the text is none, or longer than Dapr can hold.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds <= MostMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
        }

        if (!Whole().IsMatch(text))
        {
            return null;
        }

        var ticks = 0.0;
        foreach (Match part in Part().Matches(text))
        {
            ticks +=
                double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                * part.Groups[2].Value switch
                {
                    "h" => TimeSpan.TicksPerHour,
                    "m" => TimeSpan.TicksPerMinute,
                    "s" => TimeSpan.TicksPerSecond,
                    "ms" => TimeSpan.TicksPerMillisecond,
                    "us" or "µs" => TimeSpan.TicksPerMicrosecond,
                    _ => 0.01,
                };
        }

        return ticks <= MostMilliseconds * TimeSpan.TicksPerMillisecond ? TimeSpan.FromTicks((long)ticks) : null;
    }

    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?(h|ms|m|s|us|µs|ns))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]+)?)(h|ms|m|s|us|µs|ns)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}

using System.Globalization;
using EarlyWarning.Yaml;

namespace EarlyWarning.Sidecar.Configuration;

/// <summary>Durations as Dapr's files write them: <c>500ms</c>, <c>1m30s</c>, or a bare number of milliseconds.</summary>
internal static class GoDuration
{
    /// <summary>A duration of Go ends at some 292 years.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(292 * 365);

    private static readonly Dictionary<string, double> s_seconds = new()
    {
        ["ns"] = 1e-9,
        ["us"] = 1e-6,
        ["µs"] = 1e-6,
        ["ms"] = 0.001,
        ["s"] = 1,
        ["m"] = 60,
        ["h"] = 3_600,
    };

    /// <summary>Reads one; <see langword="null"/> where the text is none, or longer than Dapr can hold.</summary>
    public static TimeSpan? Parse(string text) =>
        Spans.TryParse(
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? $"{milliseconds}ms" : text,
            s_seconds,
            s_longest,
            out var span
        )
            ? span
            : null;
}

using System.Globalization;
using EarlyWarning.Cli.Output;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Connection;

/// <summary>Reads times and spans as people write them.</summary>
internal static class Moments
{
    private const decimal LastTick = 3_155_378_975_999_999_999;

    private static readonly string[] s_dates = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd HH:mm'Z'"];

    /// <summary>A time, a date (its 00:00 UTC), or a span such as 7d: that long before now.</summary>
    public static Timestamp? Past(string? text, string option, TimeProvider time) => Read(text, option, time, -1);

    /// <summary>A time, a date (its 00:00 UTC), or a span such as 14d: that long from now.</summary>
    public static Timestamp? Ahead(string? text, string option, TimeProvider time) => Read(text, option, time, 1);

    /// <summary>A span such as 90s, 15m, 12h, 400d.</summary>
    public static TimeSpan Span(string text, string option) =>
        TrySpan(text, out var span)
            ? span
            : throw new CliException(
                $"{option}: '{text}' is not a span of time. Write a number and a unit, such as 90s, 15m, 12h or 400d."
            );

    public static bool TrySpan(string text, out TimeSpan span)
    {
        span = default;
        var unit = text.Length > 1 ? text[^1] : ' ';
        double seconds = unit switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => 0,
        };
        if (
            seconds == 0
            || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !(Math.Abs(number * seconds) < TimeSpan.MaxValue.TotalSeconds)
        )
        {
            return false;
        }

        span = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    public static bool TryTime(string text, out DateTimeOffset time)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, Utc, out time))
        {
            return true;
        }

        // A time without a zone would mean another moment on another machine, so the general form must name its zone.
        var named =
            text.Contains('T', StringComparison.Ordinal)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal));
        return named && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out time);
    }

    private static Timestamp? Read(string? text, string option, TimeProvider time, int direction)
    {
        if (text is null)
        {
            return null;
        }

        if (TryTime(text, out var moment))
        {
            return Timestamp.FromDateTimeOffset(moment);
        }

        var now = time.GetUtcNow();
        return TrySpan(text, out var span) && (now.Ticks + ((decimal)direction * span.Ticks)) is >= 0 and <= LastTick
            ? Timestamp.FromDateTimeOffset(now + (direction * span))
            : throw new CliException($"{option}: '{text}' is not a time. Write 2021-12-31, 2021-12-31T00:00:00Z, or a span such as 7d.");
    }
}

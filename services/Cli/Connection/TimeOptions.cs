using EarlyWarning.Cli.Output;
using EarlyWarning.Yaml;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Connection;

/// <summary>Reads the times and spans that options give.</summary>
internal static class TimeOptions
{
    /// <summary>A time, a date (its 00:00 UTC), or a span such as 7d: that long before now.</summary>
    public static Timestamp? Past(string? text, string option, TimeProvider time) => Read(text, option, time, -1);

    /// <summary>A time, a date (its 00:00 UTC), or a span such as 14d: that long from now.</summary>
    public static Timestamp? Ahead(string? text, string option, TimeProvider time) => Read(text, option, time, 1);

    /// <summary>A span such as 90s, 15m, 12h, 400d.</summary>
    public static TimeSpan Span(string text, string option) =>
        Spans.TryParse(text, out var span) ? span : throw new CliException($"{option}: '{text}' is not a span of time. {Spans.Form}");

    private static Timestamp? Read(string? text, string option, TimeProvider time, int direction)
    {
        if (text is null)
        {
            return null;
        }

        if (Moments.TryParse(text, out var moment))
        {
            return Timestamp.FromDateTimeOffset(moment);
        }

        return Spans.TryParse(text, out var span)
            ? Timestamp.FromDateTimeOffset(time.GetUtcNow() + (direction * span))
            : throw new CliException($"{option}: '{text}' is not a time. Write 2021-12-31, 2021-12-31T00:00:00Z, or a span such as 7d.");
    }
}

using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>Reads moments (RFC 3339, with Z or an offset) and durations (seconds with an s) as protobuf's JSON form writes them.</summary>
internal static class TimeText
{
    private const int MostDigits = 9;
    private const string Pattern = "0000-00-00T00:00:00";
    private const long MostSeconds = 315_576_000_000;

    /// <summary>Reads a moment; <see langword="null"/> where the text is none.</summary>
    public static Timestamp? ReadMoment(string text)
    {
        if (
            text.Length <= Pattern.Length
            || !DateTime.TryParseExact(
                text.AsSpan(0, Pattern.Length),
                "yyyy-MM-dd'T'HH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
            || !TryReadFraction(text, Pattern.Length, out var nanos, out var at)
            || !TryReadOffset(text.AsSpan(at), out var offset)
        )
        {
            return null;
        }

        var seconds = (local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond - offset;
        return seconds is < -62_135_596_800 or > 253_402_300_799 ? null : new() { Seconds = seconds, Nanos = nanos };
    }

    /// <summary>Says what is wrong with a text that is no moment.</summary>
    public static string NoMoment(string text) =>
        text.Contains(' ', StringComparison.Ordinal) && text.Contains('T', StringComparison.Ordinal)
            ? "no moment: a + in a URL is a space, so write %2B"
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? $"a day and no moment: write {text}T00:00:00Z"
        : "no moment: write it as 2024-03-01T00:00:00Z";

    /// <summary>Reads a duration; <see langword="null"/> where the text is none.</summary>
    public static Duration? ReadDuration(string text)
    {
        var negative = text.StartsWith('-');
        var start = negative ? 1 : 0;
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (
            !long.TryParse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > MostSeconds
            || !TryReadFraction(text, end, out var nanos, out var at)
            || !text.AsSpan(at).SequenceEqual("s")
        )
        {
            return null;
        }

        return negative ? new() { Seconds = -seconds, Nanos = -nanos } : new() { Seconds = seconds, Nanos = nanos };
    }

    private static bool TryReadFraction(string text, int at, out int nanos, out int end)
    {
        (nanos, end) = (0, at);
        if (at >= text.Length || text[at] != '.')
        {
            return true;
        }

        for (end++; end < text.Length && char.IsAsciiDigit(text[end]); end++)
        {
            nanos = end - at > MostDigits ? nanos : nanos * 10 + text[end] - '0';
        }

        var digits = end - at - 1;
        for (var i = digits; i < MostDigits; i++)
        {
            nanos *= 10;
        }

        return digits is >= 1 and <= MostDigits;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out long seconds)
    {
        seconds = 0;
        if (text.SequenceEqual("Z"))
        {
            return true;
        }

        // The framework's own reading of figures passes over a NUL behind them.
        if (
            text is not [('+' or '-') and var sign, _, _, ':', _, _]
            || text.Contains('\0')
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 18
            || minutes > 59
        )
        {
            return false;
        }

        seconds = (hours * 3_600 + minutes * 60) * (sign == '-' ? -1 : 1);
        return true;
    }
}

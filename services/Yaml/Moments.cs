using System.Globalization;

namespace EarlyWarning.Yaml;

/// <summary>Moments as files and people write them: a date, for its beginning in UTC, or a date and a time that name their zone.</summary>
public static class Moments
{
    /// <summary>The form, in words.</summary>
    public const string Form = "Write 2021-12-31 or 2021-12-31T06:00:00Z.";

    private const string Date = "yyyy-MM-dd";

    // With a space as `ew` prints them.
    private static readonly string[] s_times =
    [
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd HH:mm:ssK",
    ];

    /// <summary>Reads one, in UTC. A time without a zone is none: it would be another moment on another machine.</summary>
    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(text);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Date, CultureInfo.InvariantCulture, Utc, out moment)
            || (HasZone(text) && DateTimeOffset.TryParseExact(text, s_times, CultureInfo.InvariantCulture, Utc, out moment));
    }

    private static bool HasZone(string text) => text is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _];
}

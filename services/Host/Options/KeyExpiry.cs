using System.CommandLine.Parsing;
using System.Globalization;

namespace EarlyWarning.Host.Options;

/// <summary>What <c>--expires</c> says of a key: days from now, a date, or a moment.</summary>
/// <param name="At">From when on the key is refused.</param>
internal sealed record KeyExpiry(DateTimeOffset At)
{
    private const int MostDays = 3_650;

    /// <summary>Reads it. A key is good to the end of a date, in UTC.</summary>
    public static KeyExpiry? Parse(ArgumentResult result, DateTimeOffset now)
    {
        var given = result.Tokens[0].Value;
        if (Read(given, now) is not { } at)
        {
            result.AddError(
                "--expires takes days, such as 90d, a date, such as 2027-12-31, or a moment, such as 2027-12-31T12:00:00Z; "
                    + $"not '{given}'."
            );
            return null;
        }

        if (at <= now || at > now.AddDays(MostDays))
        {
            result.AddError($"--expires takes what is to come, within {MostDays:N0} days; not '{given}'.");
            return null;
        }

        return new(at);
    }

    private static DateTimeOffset? Read(string given, DateTimeOffset now)
    {
        if (given.EndsWith('d') && int.TryParse(given[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days))
        {
            return now.AddDays(Math.Min(days, MostDays + 1));
        }

        if (DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date < DateOnly.MaxValue ? new(date.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : DateTimeOffset.MaxValue;
        }

        return DateTimeOffset.TryParseExact(
            given,
            ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : null;
    }
}

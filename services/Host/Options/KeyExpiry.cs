using System.CommandLine.Parsing;
using System.Globalization;
using EarlyWarning.Yaml;

namespace EarlyWarning.Host.Options;

/// <summary>What <c>--expires</c> says of a key: a span from now, a date, or a moment.</summary>
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
                "--expires takes a span of time, such as 90d, a date, such as 2027-12-31, or a moment, such as 2027-12-31T12:00:00Z; "
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
        if (Spans.TryParse(given, out var span))
        {
            return now + span;
        }

        if (DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date < DateOnly.MaxValue ? new(date.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : DateTimeOffset.MaxValue;
        }

        return Moments.TryParse(given, out var moment) ? moment : null;
    }
}

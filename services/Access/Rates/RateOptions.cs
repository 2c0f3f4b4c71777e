using System.Globalization;

namespace EarlyWarning.Access.Rates;

/// <summary>
/// How much one caller may ask of the suite; <see langword="null"/> for no limit. A second's worth may come at once, twice over.
/// </summary>
public sealed record RateOptions
{
    private const int Most = 1_000_000_000;

    private static readonly Dictionary<string, (Func<RateOptions, int?, RateOptions> Set, string Unit)> s_names = new(
        StringComparer.Ordinal
    )
    {
        ["calls-per-second"] = ((options, value) => options with { CallsPerSecond = value }, "calls"),
        ["observations-per-second"] = ((options, value) => options with { ObservationsPerSecond = value }, "observations"),
        ["calls-at-once"] = ((options, value) => options with { CallsAtOnce = value }, "calls"),
        ["open-streams"] = ((options, value) => options with { OpenStreams = value }, "streams"),
        ["unknown-per-minute"] = ((options, value) => options with { UnknownPerMinute = value }, "calls"),
    };

    /// <summary>Gets what holds where keys exist and nothing else is said: more than a national system asks for.</summary>
    public static RateOptions Standard { get; } =
        new()
        {
            CallsPerSecond = 500,
            ObservationsPerSecond = 200_000,
            CallsAtOnce = 500,
            OpenStreams = 2_000,
            UnknownPerMinute = 600,
        };

    /// <summary>Gets no limit at all.</summary>
    public static RateOptions None { get; } = new();

    /// <summary>Gets the names of the limits, as they are written.</summary>
    public static IReadOnlyCollection<string> Names => s_names.Keys;

    /// <summary>Gets how many calls a caller may begin in a second.</summary>
    public int? CallsPerSecond { get; init; }

    /// <summary>Gets how many observations a caller may send in a second.</summary>
    public int? ObservationsPerSecond { get; init; }

    /// <summary>Gets how many calls of a caller may be under way at once, streams apart.</summary>
    public int? CallsAtOnce { get; init; }

    /// <summary>Gets how many streams and sockets a caller may hold open: watches, streams of observations, pages of the board.</summary>
    public int? OpenStreams { get; init; }

    /// <summary>Gets how many calls without a key that is known an address may make in a minute.</summary>
    public int? UnknownPerMinute { get; init; }

    /// <summary>Reads one limit, such as <c>calls-per-second=1000</c> or <c>open-streams=none</c>.</summary>
    /// <param name="text">The limit.</param>
    /// <param name="fault">Says what is wrong; empty where nothing is.</param>
    public RateOptions With(string text, out string fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        fault = "";
        if (text.Split('=') is [var name, var value] && s_names.TryGetValue(name, out var limit))
        {
            if (value == "none")
            {
                return limit.Set(this, null);
            }

            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Most)
            {
                return limit.Set(this, number);
            }
        }

        fault =
            $"--limit takes NAME=VALUE, not '{text}': the names are {string.Join(", ", Names)}, the value a whole number of 1 or more, "
            + $"or none.";
        return this;
    }
}

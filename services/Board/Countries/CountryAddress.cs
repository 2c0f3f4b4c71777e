using System.Globalization;

namespace EarlyWarning.Board.Countries;

/// <summary>What a country's page shows, as its address says it, so that it can be sent on. Immutable.</summary>
/// <param name="Code">The country's code, in capitals.</param>
public sealed record CountryAddress(string Code)
{
    /// <summary>The last day.</summary>
    public const string Shortest = "day";

    /// <summary>The last thirty days.</summary>
    public const string Month = "month";

    /// <summary>All that is known.</summary>
    public const string All = "all";

    /// <summary>Gets the spans of the chart, shortest first.</summary>
    public static IReadOnlyList<string> Spans { get; } = [Shortest, Month, "year", All];

    /// <summary>Gets from when on changes are told: as far back as the spans of the same names.</summary>
    public static IReadOnlyList<string> Sinces { get; } = [Shortest, Month, "year"];

    /// <summary>Gets the framework's id; empty for the one under which most is known.</summary>
    public string Framework { get; init; } = "";

    /// <summary>Gets the chart's span, one of <see cref="Spans"/>.</summary>
    public string Span { get; init; } = Month;

    /// <summary>Gets from when on changes are told, one of <see cref="Sinces"/>.</summary>
    public string Since { get; init; } = Shortest;

    /// <summary>Gets the moment whose knowledge is shown; <see langword="null"/> for the present.</summary>
    public DateTimeOffset? AsKnownAt { get; init; }

    /// <summary>
    /// Gets the open nodes of the tree, separated by commas, or <see cref="All"/>; <see langword="null"/> for those that explain the level.
    /// </summary>
    public string? Open { get; init; }

    /// <summary>Gets whether all rows of lists are shown, and not the first.</summary>
    public bool Whole { get; init; }

    /// <summary>The address.</summary>
    /// <param name="anchor">Where on the page, with its <c>#</c>.</param>
    public string To(string anchor = "")
    {
        (string Name, string Value)[] parts =
        [
            ("framework", Framework),
            ("span", Span == Month ? "" : Span),
            ("since", Since == Shortest ? "" : Since),
            ("as-known-at", AsKnownAt is { } at ? Minute(at) : ""),
            ("open", Open ?? ""),
            ("all", Whole ? "true" : ""),
        ];
        var query = string.Join(
            '&',
            parts.Where(one => one.Value.Length > 0).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}")
        );
        return $"/countries/{Code}{(query.Length > 0 ? "?" : "")}{query}{anchor}";
    }

    /// <summary>How long a span is; <see langword="null"/> for everything.</summary>
    public static TimeSpan? Length(string span) =>
        span switch
        {
            Shortest => TimeSpan.FromDays(1),
            Month => TimeSpan.FromDays(30),
            "year" => TimeSpan.FromDays(365),
            _ => null,
        };

    /// <summary>A moment as the date field has it, to the minute, in UTC.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Reads such a moment; <see langword="null"/> for none, and for what has not come yet: that is the present.</summary>
    public static DateTimeOffset? ReadMinute(string? text, DateTimeOffset now) =>
        Read(text) is { } at && at < now && at.Year > 1970 ? at : null;

    /// <summary>
    /// Whether the present is what is asked for: by nothing, or by a moment that has not come yet. What cannot be read, or is before
    /// anything could be known, asks for something else.
    /// </summary>
    public static bool MeansNow(string? text, DateTimeOffset now) => string.IsNullOrWhiteSpace(text) || Read(text) >= now;

    private static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at
        )
            ? at
            : null;
}

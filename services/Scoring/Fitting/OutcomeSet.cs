using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>What happened to whom, when, when it could be known, and of what nobody knows whether it happened.</summary>
/// <param name="events">The events.</param>
/// <param name="told">What was told of, event or not; <see langword="null"/> where events are listed alone.</param>
/// <param name="known">The time of which everything that happened is known.</param>
internal sealed class OutcomeSet(IEnumerable<OutcomeEvent> events, IEnumerable<OutcomeEvent>? told, KnownTime known)
{
    private readonly ILookup<string, OutcomeEvent> _events = events.ToLookup(one => one.Country, StringComparer.Ordinal);
    private readonly ReportedTimes? _told = told is null ? null : new(told);

    /// <summary>Nothing has happened.</summary>
    public static OutcomeSet None { get; } = new([], null, new(null, DateTimeOffset.MinValue));

    /// <summary>Every event.</summary>
    public IEnumerable<OutcomeEvent> All => _events.SelectMany(country => country);

    /// <summary>Everything that was told of, event or not.</summary>
    public IEnumerable<OutcomeEvent> Told => _told?.All ?? [];

    /// <summary>The time of which everything that happened is known.</summary>
    public KnownTime Known => known;

    /// <summary>
    /// Tells whether an event came to a country within a time; <see langword="null"/> where not everything that came within it is known.
    /// What is known of a part of it decides nothing even where an event came, or only bad news would be learned early.
    /// </summary>
    /// <param name="country">The country.</param>
    /// <param name="window">The time.</param>
    /// <param name="asOf">What was known then.</param>
    public bool? Of(string country, EventWindow window, DateTimeOffset asOf) =>
        window.End <= asOf && IsKnown(country, window, asOf)
            ? _events[country].Any(one => window.Holds(one.Time) && one.Known <= asOf)
            : null;

    /// <summary>Whether everything that came to a country within a time is known.</summary>
    /// <param name="country">The country.</param>
    /// <param name="window">The time.</param>
    /// <param name="asOf">What was known then.</param>
    public bool IsKnown(string country, EventWindow window, DateTimeOffset asOf) =>
        known.Holds(country, window) && (_told is null || _told.Cover(country, window, asOf));
}

/// <summary>An event, or something told that says that there was none.</summary>
/// <param name="Country">The country.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Known">When the world could know of it.</param>
internal sealed record OutcomeEvent(string Country, DateTimeOffset Time, DateTimeOffset Known);

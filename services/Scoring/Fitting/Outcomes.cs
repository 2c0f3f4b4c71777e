namespace EarlyWarning.Scoring.Fitting;

/// <summary>What happened to whom, when, and when it could be known.</summary>
/// <param name="events">The events.</param>
/// <param name="told">When the outcome's indicator was observed, above 0 or not; <see langword="null"/> where events are listed alone.</param>
/// <param name="knownUntil">Until when everything that happened is known.</param>
internal sealed class Outcomes(IEnumerable<OutcomeEvent> events, IEnumerable<OutcomeEvent>? told, DateTimeOffset knownUntil)
{
    private readonly ILookup<string, OutcomeEvent> _events = events.ToLookup(one => one.Country, StringComparer.Ordinal);
    private readonly ILookup<string, OutcomeEvent>? _told = told?.ToLookup(one => one.Country, StringComparer.Ordinal);

    /// <summary>Nothing has happened.</summary>
    public static Outcomes None { get; } = new([], null, DateTimeOffset.MinValue);

    /// <summary>Every event.</summary>
    public IEnumerable<OutcomeEvent> All => _events.SelectMany(country => country);

    /// <summary>Every observation of the outcome's indicator.</summary>
    public IEnumerable<OutcomeEvent> Told => _told?.SelectMany(country => country) ?? [];

    /// <summary>Until when everything that happened is known.</summary>
    public DateTimeOffset KnownUntil => knownUntil;

    /// <summary>
    /// Tells whether an event came to a country within a period's horizon; <see langword="null"/> while the horizon is not over, or where nobody
    /// has told. A horizon that is not over has no outcome even where an event came, or only bad news would be learned early.
    /// </summary>
    /// <param name="country">The country.</param>
    /// <param name="horizons">How far periods look ahead.</param>
    /// <param name="period">The period.</param>
    /// <param name="asOf">What was known then.</param>
    public bool? Of(string country, OutcomeHorizons horizons, int period, DateTimeOffset asOf)
    {
        var (from, end) = (horizons.Times[period], horizons.End(period));
        if (end > asOf || end - OutcomeHorizons.Near > knownUntil)
        {
            return null;
        }

        return _events[country].Any(Counts) ? true
            : _told is not null && !_told[country].Any(Counts) ? null
            : false;

        bool Counts(OutcomeEvent one) => one.Time > from && one.Time <= end && one.Known <= asOf;
    }
}

/// <summary>An event, or an observation that says that there was none.</summary>
/// <param name="Country">The country.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Known">When the world could know of it.</param>
internal sealed record OutcomeEvent(string Country, DateTimeOffset Time, DateTimeOffset Known);

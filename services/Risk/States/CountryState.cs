using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Store.Entries;

namespace EarlyWarning.Risk.States;

/// <summary>
/// A country as folded from its journal: the newest observations, the scores, and where thresholds stand. An input is
/// applied, then decided upon; a decision that the journal already has is taken from there instead. Not thread-safe.
/// </summary>
internal sealed partial class CountryState
{
    private readonly Func<long, CatalogueSnapshot> _catalogueAt;
    private readonly Decider _decider;

    public CountryState(
        string country,
        Func<long, CatalogueSnapshot> catalogueAt,
        BreachAuthor author,
        int resendWindow = ResendWindow.Capacity
    )
    {
        (Country, _catalogueAt, _decider) = (country, catalogueAt, new(author));
        Window = new(resendWindow);
        Thresholds = new(country);
        Series = new() { Added = Place };
    }

    public string Country { get; }

    /// <summary>The position of the last entry applied.</summary>
    public long Position { get; private set; }

    /// <summary>The position of the last input.</summary>
    public long InputPosition { get; private set; }

    /// <summary>When the last entry was recorded, in ticks.</summary>
    public long Recorded { get; private set; }

    /// <summary>
    /// The moment of the last decision, in ticks, at which validity is measured: that of what was observed last, or of what time alone
    /// changed since. 0 before the first.
    /// </summary>
    public long Clock { get; private set; }

    public CatalogueSnapshot Catalogue { get; private set; } = CatalogueSnapshot.Empty;

    /// <summary>The revision of the newest catalogue that was journalled, also before it is taken over.</summary>
    public long CatalogueRevision => _slices.Aggregate(Catalogue.Revision, (newest, slice) => Math.Max(newest, slice.Catalogue ?? 0));

    public SeriesTable Series { get; }

    public ResendWindow Window { get; }

    public List<FrameworkState> Frameworks { get; } = [];

    public ThresholdSet Thresholds { get; }

    /// <summary>An input has been applied whose outcome is not yet known.</summary>
    public bool Undecided { get; private set; }

    /// <summary>Applies an entry as read from the journal.</summary>
    public void Fold(JournalEntry stored)
    {
        var entry = EntryReader.Parse(stored.Payload);
        switch (entry.InputCase)
        {
            case CountryEntry.InputOneofCase.Observations:
                Apply(stored.Position, stored.RecordedAt.UtcTicks, entry.Observations.Backfill, EntryReader.Rows(entry.Observations));
                break;
            case CountryEntry.InputOneofCase.CatalogueRevision:
                ApplyCatalogue(stored.Position, stored.RecordedAt.UtcTicks, entry.CatalogueRevision);
                break;
            case CountryEntry.InputOneofCase.Tick:
                ApplyTick(stored.Position, stored.RecordedAt.UtcTicks, entry.Tick);
                break;
        }

        if (entry.Outcome is not null)
        {
            Apply(entry.Outcome);
        }

        Note(stored.Position, stored.RecordedAt.UtcTicks);
    }

    /// <summary>Notes an entry that brought no input.</summary>
    public void Note(long position, long recorded) => (Position, Recorded) = (position, Math.Max(Recorded, recorded));

    /// <summary>Applies observations.</summary>
    public void Apply(long position, long recorded, bool backfill, Span<ObservationRow> rows)
    {
        Begin(position, recorded, backfill ? InputKind.Backfill : InputKind.Live);
        foreach (ref var row in rows)
        {
            if (row.Series is null)
            {
                Series.Prepare(ref row);
                Series.Admit(ref row);
            }

            Window.Add(row.IdHash, row.ContentHash, row.Outdated);
            Window.Outdate(row.Replaced);
        }

        Cut(rows, recorded, backfill);
    }

    /// <summary>Lets time pass up to a moment.</summary>
    public void ApplyTick(long position, long recorded, long moment)
    {
        Begin(position, recorded, InputKind.Tick);
        _until = Math.Max(Clock, moment);
    }

    /// <summary>Takes over a catalogue, after what time alone has changed until then.</summary>
    public void ApplyCatalogue(long position, long recorded, long revision)
    {
        Begin(position, recorded, InputKind.Catalogue);

        // A country that has decided nothing yet stays so: what it observes counts at its own moment, also where that was before the
        // catalogue.
        _until = Clock == 0 ? 0 : Math.Max(Clock, recorded);
        _slices.Enqueue(new(_until, default, revision));
    }

    /// <summary>The next moment at which time alone changes anything; <see cref="long.MaxValue"/> for none.</summary>
    /// <param name="now">Moments up to now are exact; later ones may be named too early.</param>
    public long NextMoment(long now) => Math.Min(Decider.NextDeadline(Thresholds, Clock, long.MaxValue), NextEnd(now));

    /// <summary>
    /// The moment up to which the next tick looks: now, where time alone has changed anything by then. Each change happens at its own
    /// moment, so that after an outage everything happens in its order.
    /// </summary>
    public long? NextTick(long now) => NextMoment(now) > now ? null : now;

    public FrameworkState? Framework(string id) => Frameworks.Find(framework => framework.Active.Id == id);

    private void Begin(long position, long recorded, InputKind kind)
    {
        while (Undecided)
        {
            Decide();
        }

        (Undecided, _input, _until, _sliced, _begun, InputPosition) = (true, kind, Clock, 0, false, position);
        Note(position, recorded);
    }

    private void Use(Series series, bool touch)
    {
        var indicator = series.Indicator;
        var leaves = indicator.Leaves;
        var chosen = series.Horizon == 0 && indicator.Choose(series);
        for (var i = 0; i < leaves.Length; i++)
        {
            if (leaves[i] >= 0 && chosen)
            {
                Frameworks[i].Refresh(leaves[i], Clock, touch);
            }
            else if (leaves[i] >= 0 && touch && series.Horizon == 0)
            {
                Frameworks[i].Touch(leaves[i]);
            }
            else if (leaves[i] >= 0 && series.Horizon != 0)
            {
                Frameworks[i].NoteForecast(leaves[i], Clock);
            }
        }
    }
}

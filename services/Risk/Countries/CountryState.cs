using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Countries;

/// <summary>
/// A country as folded from its journal: the newest observations, the scores, where thresholds stand, and what is not yet published. An input is
/// applied, then decided upon; a decision that the journal already has is taken from there instead. Not thread-safe.
/// </summary>
internal sealed partial class CountryState
{
    private readonly Func<long, CatalogueSnapshot> _catalogueAt;
    private readonly Decider _decider;
    private readonly List<V1.Breach> _unpublished = [];
    private InputKind? _undecided;

    public CountryState(string country, Func<long, CatalogueSnapshot> catalogueAt, BreachAuthor author, int resendWindow = ResendWindow.Capacity)
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

    /// <summary>The moment at which validity is measured, in ticks: that of the last input, or the tick of time that was looked at last.</summary>
    public long Clock { get; private set; }

    public CatalogueSnapshot Catalogue { get; private set; } = CatalogueSnapshot.Empty;

    public SeriesTable Series { get; }

    public ResendWindow Window { get; }

    public List<FrameworkState> Frameworks { get; } = [];

    public ThresholdBoard Thresholds { get; }

    /// <summary>Breach changes that the broker has not yet taken, in order.</summary>
    public IReadOnlyList<V1.Breach> Unpublished => _unpublished;

    /// <summary>An input has been applied whose outcome is not yet known.</summary>
    public bool Undecided => _undecided is not null;

    /// <summary>Applies an entry as read from the journal.</summary>
    public void Fold(JournalEntry stored)
    {
        var entry = EntryReader.Parse(stored.Payload);
        if (entry.Outcome is not null)
        {
            Apply(entry.Outcome);
        }

        switch (entry.InputCase)
        {
            case Entry.InputOneofCase.Observations:
                Apply(stored.Position, stored.RecordedAt.UtcTicks, entry.Observations.Backfill, EntryReader.Rows(entry.Observations));
                break;
            case Entry.InputOneofCase.CatalogueRevision:
                ApplyCatalogue(stored.Position, stored.RecordedAt.UtcTicks, entry.CatalogueRevision);
                break;
            case Entry.InputOneofCase.Tick:
                ApplyTick(stored.Position, stored.RecordedAt.UtcTicks, entry.Tick);
                break;
        }

        foreach (var mark in entry.Published)
        {
            ApplyPublished(mark);
        }

        Note(stored.Position, stored.RecordedAt.UtcTicks);
    }

    /// <summary>Notes an entry that brought no input.</summary>
    public void Note(long position, long recorded) => (Position, Recorded) = (position, Math.Max(Recorded, recorded));

    public void ApplyPublished(Published mark)
        => _unpublished.RemoveAll(breach => breach.Sequence == mark.Sequence && breach.Name == mark.Breach);

    /// <summary>Applies observations that are durable.</summary>
    public void Apply(long position, long recorded, bool backfill, Span<ObservationRow> rows)
    {
        Begin(position, recorded, recorded, backfill ? InputKind.Backfill : InputKind.Live);
        foreach (ref var row in rows)
        {
            if (row.Series is null)
            {
                Series.Prepare(ref row);
            }

            Window.Add(row.IdHash, row.ContentHash, row.Outdated);
            Window.Outdate(row.Replaced);
            if (row.Series!.Apply(row, position))
            {
                Use(row.Series, touch: !backfill);
            }
        }

        Finish(restate: backfill);
    }

    public void ApplyTick(long position, long recorded, long moment)
    {
        Begin(position, recorded, moment, InputKind.Tick);
        Finish(restate: false);
    }

    public void ApplyCatalogue(long position, long recorded, long revision)
    {
        Begin(position, recorded, recorded, InputKind.Catalogue);
        Finish(restate: false);
        Adopt(_catalogueAt(revision) is var catalogue && catalogue.Revision == revision ? catalogue : catalogue with { Revision = revision });
        foreach (var framework in Frameworks)
        {
            framework.Finish(Clock);
        }
    }

    /// <summary>The next moment at which time alone changes anything; <see cref="long.MaxValue"/> for none.</summary>
    /// <param name="now">Ends up to now are looked at closely; later ones may be named too early.</param>
    public long NextMoment(long now)
    {
        var next = Decider.NextDeadline(this);
        foreach (var framework in Frameworks)
        {
            if (framework.NextEnd <= now)
            {
                framework.Expire(Clock);
            }

            next = Math.Min(next, framework.NextEnd);
        }

        return next;
    }

    /// <summary>
    /// The moment that the next tick looks at: now, or, where a wait has ended before now, that one, after what had stopped counting by then; so
    /// that after an outage everything happens in its order.
    /// </summary>
    public long? NextTick(long now)
    {
        var next = NextMoment(now);
        if (next > now)
        {
            return null;
        }

        var deadline = Decider.NextDeadline(this);
        return deadline > now || deadline <= Clock ? now : next < deadline ? deadline - 1 : deadline;
    }

    public FrameworkState? Framework(string id) => Frameworks.Find(framework => framework.Active.Id == id);

    private void Begin(long position, long recorded, long clock, InputKind kind)
    {
        while (Undecided)
        {
            Decide();
        }

        (_undecided, InputPosition) = (kind, position);
        Note(position, recorded);
        Clock = Math.Max(Clock, clock);
        foreach (var framework in Frameworks)
        {
            framework.Begin();
            framework.Expire(Clock);
        }
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
            else if (leaves[i] >= 0 && series.Horizon != 0)
            {
                Frameworks[i].NoteForecast(leaves[i], Clock);
            }
        }
    }

    private void Finish(bool restate)
    {
        foreach (var framework in Frameworks)
        {
            framework.Finish(Clock);
        }

        Thresholds.Observe(Clock, restate);
    }
}

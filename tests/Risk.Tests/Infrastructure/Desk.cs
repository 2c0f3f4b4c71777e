using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>
/// One country without a silo: journals, applies and decides as its grain does, on a clock that the test moves. What was decided without a
/// transition travels with the next entry.
/// </summary>
internal sealed class Desk
{
    private readonly Commit _commit;
    private readonly DeskPast _past;
    private readonly int _window;

    public Desk(FakeCatalogue catalogue, int resendWindow = ResendWindow.Capacity, RiskOptions? options = null)
    {
        (Catalogue, _window, _commit) = (catalogue, resendWindow, new(new(options ?? new())));
        _past = new(Entries);
        State = NewState();
        Adopt();
    }

    public FakeCatalogue Catalogue { get; }

    public CountryState State { get; private set; }

    public List<JournalEntry> Entries { get; } = [];

    public DateTimeOffset Now { get; private set; } = Samples.Start;

    public FrameworkState Framework => State.Framework(Samples.Framework)!;

    public double? Score => Framework.Present.Score;

    /// <summary>Every breach change decided so far, in order.</summary>
    public IReadOnlyList<V1.Breach> Decided => DecidedIn(Entries);

    /// <summary>Every breach change that entries say was decided.</summary>
    public static IReadOnlyList<V1.Breach> DecidedIn(IEnumerable<JournalEntry> entries) =>
        [
            .. entries
                .SelectMany(entry => EntryReader.Parse(entry.Payload).Outcome?.Transitions ?? [])
                .Where(transition => !transition.Breach.IsEmpty)
                .Select(transition => V1.Breach.Parser.ParseFrom(transition.Breach)),
        ];

    public IEnumerable<string> Story => Decided.Select(breach => breach.State.ToString());

    public CountryState NewState() =>
        new("XAA", Catalogue.At, new BreachAuthor(true, static () => "0TEST000", static () => false), _window);

    /// <summary>Lets time pass, with every tick at its moment.</summary>
    public void Pass(TimeSpan span)
    {
        var end = Now + span;
        while (State.NextMoment(end.UtcTicks) is var next && next <= end.UtcTicks)
        {
            Now = new(Math.Max(next, Now.UtcTicks), TimeSpan.Zero);
            Wake();
        }

        Now = end;
    }

    /// <summary>Lets time pass while nothing runs.</summary>
    public void Sleep(TimeSpan span) => Now += span;

    /// <summary>Does what a wake-up does.</summary>
    public void Wake()
    {
        while (State.NextTick(Now.UtcTicks) is { } moment)
        {
            Append(new() { Tick = moment });
        }
    }

    /// <summary>Takes over the newest catalogue.</summary>
    public void Adopt()
    {
        if (Catalogue.Current.Revision > State.Catalogue.Revision)
        {
            Append(new() { CatalogueRevision = Catalogue.Current.Revision });
        }
    }

    public IReadOnlyList<V1.Outcome> Record(params V1.Observation[] items) => Record(items, backfill: false);

    public IReadOnlyList<V1.Outcome> Record(V1.Observation[] items, bool backfill) => Send(items, backfill).Outcomes;

    /// <summary>Records a batch and gives the whole answer.</summary>
    public IntakeAnswer Send(V1.Observation[] items, bool backfill = false)
    {
        Adopt();
        if (backfill)
        {
            Wake();
        }

        var batch = new WaitingBatch(new ObservationBatch(items, backfill));
        _commit.Clear();
        while (!batch.IsDone)
        {
            if (_commit.LookAt(batch, State) == Look.NeedsPast)
            {
                _past.FindAsync(_commit.Seek([batch], State), CancellationToken.None).GetAwaiter().GetResult();
            }
        }

        if (_commit.Rows.Length > 0)
        {
            _past.Add(_commit.Rows, Entries.Count + 1);
            State.Apply(Entries.Count + 1, Now.UtcTicks, backfill, _commit.Rows);
            Entries.Add(new(Entries.Count + 1, Now, _commit.Writer.Write(backfill, State.Decide())));
            Settle();
        }

        Wake();
        batch.Commit();
        batch.Complete(State.Position);
        return batch.Answer.Result;
    }

    /// <summary>Observes the same value for several indicators now.</summary>
    public void Observe(double value, params string[] indicators) =>
        Record([.. indicators.Select(indicator => Samples.Observation(indicator, value, Now))]);

    /// <summary>Forgets everything and folds the journal from its start.</summary>
    public CountryState Fold(FakeCatalogue? catalogue = null)
    {
        var state = new CountryState(
            "XAA",
            (catalogue ?? Catalogue).At,
            new BreachAuthor(true, static () => "0TEST000", static () => false),
            _window
        );
        Entries.ForEach(state.Fold);
        if (state.Undecided)
        {
            state.Decide();
        }

        return state;
    }

    /// <summary>The journal so far, apart from the desk.</summary>
    public WrittenJournals Journals()
    {
        var journals = new WrittenJournals();
        Entries.ForEach(entry => journals.Put("risk/XAA", entry));
        return journals;
    }

    private void Append(Entry entry)
    {
        var position = Entries.Count + 1;
        if (entry.InputCase == Entry.InputOneofCase.Tick)
        {
            State.ApplyTick(position, Now.UtcTicks, entry.Tick);
        }
        else if (entry.InputCase == Entry.InputOneofCase.CatalogueRevision)
        {
            State.ApplyCatalogue(position, Now.UtcTicks, entry.CatalogueRevision);
        }

        (entry.Format, entry.Outcome) = (EntryWriter.Format, State.Decide());
        Entries.Add(new(position, Now, entry.ToByteArray()));
        State.Note(position, Now.UtcTicks);
        Settle();
    }

    /// <summary>What is decided that one entry does not hold follows in the next.</summary>
    private void Settle()
    {
        if (State.Undecided)
        {
            Append(new());
        }
    }
}

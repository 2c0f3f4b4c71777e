using System.Diagnostics.Metrics;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Intake;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Telemetry;
using EarlyWarning.Risk.Writing;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Entries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>
/// Drives one country's writer without a silo and without a store: on a journal in memory, and on a clock that the test moves.
/// </summary>
internal sealed class CountryDriver
{
    private const string Code = "XAA";
    private static readonly RiskMetrics s_metrics = new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()
    );

    private readonly FakeTimeProvider _time = new(Samples.Start);
    private readonly IntakeQueue _queue = new(s_metrics);
    private readonly MemoryJournal _journal;
    private readonly CountryWriter _writer;
    private readonly int _window;

    public CountryDriver(FakeCatalogue catalogue, int resendWindow = ResendWindow.Capacity, SeriesLimits? limits = null)
    {
        var clock = new SuiteClock(_time);
        (Catalogue, _window, _journal) = (catalogue, resendWindow, new($"risk/{Code}", clock));
        _writer = new(
            State = NewState(),
            new(Code, _journal, new NoOutbox(), clock, s_metrics),
            new MemoryPast(_journal.Entries),
            catalogue,
            clock,
            limits ?? new(64, 16, 20_000),
            new NoListener()
        );
    }

    public FakeCatalogue Catalogue { get; }

    public CountryState State { get; }

    public List<JournalEntry> Entries => _journal.Entries;

    public DateTimeOffset Now => _time.GetUtcNow();

    public FrameworkState Framework => State.Framework(Samples.Framework)!;

    public double? Score => Framework.Present.Score;

    /// <summary>Every breach change decided so far, in order.</summary>
    public IReadOnlyList<V1.Breach> Decided => DecidedIn(Entries);

    public IEnumerable<string> Story => Decided.Select(breach => breach.State.ToString());

    /// <summary>Every breach change that entries say was decided.</summary>
    public static IReadOnlyList<V1.Breach> DecidedIn(IEnumerable<JournalEntry> entries) =>
        [
            .. entries
                .SelectMany(entry => EntryReader.Parse(entry.Payload).Outcome?.Transitions ?? [])
                .Where(transition => !transition.Breach.IsEmpty)
                .Select(transition => V1.Breach.Parser.ParseFrom(transition.Breach)),
        ];

    public CountryState NewState(FakeCatalogue? catalogue = null) =>
        new StateFactory(catalogue ?? Catalogue, new(true, static () => "0TEST000", static () => false)).New(Code, _window);

    /// <summary>A country under the small framework, with one threshold.</summary>
    public static CountryDriver At(V1.Threshold threshold) => new(new FakeCatalogue().Put(Samples.Small()).Put(threshold));

    /// <summary>Lets time pass, with every tick at its moment.</summary>
    public void Pass(TimeSpan span)
    {
        var end = Now + span;
        while (State.NextMoment(end.UtcTicks) is var next && next <= end.UtcTicks)
        {
            _time.SetUtcNow(new(Math.Max(next, Now.UtcTicks), TimeSpan.Zero));
            Wake();
        }

        _time.SetUtcNow(end);
    }

    /// <summary>Lets time pass while nothing runs.</summary>
    public void Sleep(TimeSpan span) => _time.Advance(span);

    /// <summary>Does what a wake-up does: a new catalogue and what time has changed.</summary>
    public void Wake()
    {
        // In memory nothing waits for anything.
        var round = _writer.RunAsync(_queue, CancellationToken.None);
        Assert.True(round.IsCompleted);
        round.GetAwaiter().GetResult();
    }

    public IReadOnlyList<V1.Outcome> Record(params V1.Observation[] items) => Record(items, backfill: false);

    public IReadOnlyList<V1.Outcome> Record(V1.Observation[] items, bool backfill) => Send(items, backfill).Outcomes;

    /// <summary>Records a batch and gives the whole answer.</summary>
    public IntakeAnswer Send(V1.Observation[] items, bool backfill = false)
    {
        var answer = _queue.Enqueue(new(items, backfill));
        while (!answer.IsCompleted)
        {
            Wake();
        }

        return answer.GetAwaiter().GetResult();
    }

    /// <summary>Observes the same value for several indicators now.</summary>
    public void Observe(double value, params string[] indicators) =>
        Record([.. indicators.Select(indicator => Samples.Observation(indicator, value, Now))]);

    /// <summary>Observes one value after the other for all indicators, a minute apart.</summary>
    public void ObserveEach(params double[] values)
    {
        foreach (var value in values)
        {
            Sleep(TimeSpan.FromMinutes(1));
            Observe(value, "killings", "threats", "courts");
        }
    }

    /// <summary>Forgets everything and folds the journal from its start.</summary>
    public CountryState Fold(FakeCatalogue? catalogue = null)
    {
        var state = NewState(catalogue);
        _journal.Entries.ForEach(state.Fold);
        return state;
    }

    /// <summary>The journal so far, apart from the country.</summary>
    public WrittenJournals Journals()
    {
        var journals = new WrittenJournals();
        _journal.Entries.ForEach(entry => journals.Put(_journal.Journal, entry));
        return journals;
    }

    private sealed class NoOutbox : IBreachOutbox
    {
        public void Add(Unit unit, V1.Breach breach, DateTimeOffset now) { }

        public void Signal() { }
    }

    private sealed class NoListener : ICommitListener
    {
        public void Applying() { }

        public Task CommittedAsync(CountryState state, long bytes) => Task.CompletedTask;
    }
}

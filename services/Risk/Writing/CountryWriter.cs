using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Intake;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.States;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Risk.Writing;

/// <summary>
/// The only one who changes the state of an open country. Every change goes one way: an input is applied to the state in memory, decided
/// upon, and committed once with all that follows from it; then it is shown, and whoever sent it is answered. The inputs are a new
/// catalogue, observations, and time. One call at a time. After any exception it is finished: it is given up with its state, and the
/// country is opened again from the store; nothing is repaired in place.
/// </summary>
/// <param name="state">The state as folded from the journal.</param>
/// <param name="committer">Commits entries of that journal.</param>
/// <param name="past">What the journal has of observations.</param>
/// <param name="catalogue">What is watched, and under which frameworks.</param>
/// <param name="clock">What time it is, and whether that is certain.</param>
/// <param name="limits">How many series the country may have.</param>
/// <param name="listener">Is told of each commit.</param>
internal sealed class CountryWriter(
    CountryState state,
    EntryCommitter committer,
    IPastObservations past,
    ICatalogue catalogue,
    SuiteClock clock,
    SeriesLimits limits,
    ICommitListener listener
)
{
    private readonly AppendBuilder _append = new(state.Series, state.Window, limits);

    /// <summary>
    /// The state; ahead of the disk from <see cref="ICommitListener.Applying"/> to <see cref="ICommitListener.CommittedAsync"/>.
    /// </summary>
    /// <summary>Whether time alone, or a new catalogue, has changed what is not decided yet.</summary>
    public bool IsBehind(IntakeQueue queue) => state.NextTick(Now) is not null || IsCatalogueBehind(queue);

    /// <summary>
    /// Does everything that there is to do: what a restart left undecided, a new catalogue, what waits, and what time has changed.
    /// </summary>
    public async Task RunAsync(IntakeQueue queue, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        await AdoptCatalogueAsync(queue, cancellationToken);
        if (queue.IsBackfillNext)
        {
            // A backfill decides nothing, so what time alone has changed is decided before it. News goes first: it may have ended a wait.
            await AdvanceTimeAsync(cancellationToken);
        }

        await RecordAsync(queue, cancellationToken);
        await AdvanceTimeAsync(cancellationToken);
    }

    /// <summary>The store has woken the country, and what was due is decided: the due time moves on.</summary>
    public Task MoveDueAsync(CancellationToken cancellationToken) => committer.MoveDueAsync(state.NextMoment(Now), cancellationToken);

    private long Now => clock.GetUtcNow().UtcTicks;

    // A country of which nothing is recorded writes nothing, not even which catalogue it would be scored under.
    private bool IsCatalogueBehind(IntakeQueue queue) =>
        catalogue.Current.Revision > state.Catalogue.Revision && (state.Position > 0 || !queue.IsEmpty);

    /// <summary>Goes on with what did not fit into the entry of its input, where a restart came in between.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (state.Undecided)
        {
            await CommitAsync(static _ => { }, Rest, new(), cancellationToken);
        }
    }

    private async Task AdoptCatalogueAsync(IntakeQueue queue, CancellationToken cancellationToken)
    {
        while (IsCatalogueBehind(queue))
        {
            var revision = catalogue.Current.Revision;
            await CommitAsync(
                next => state.ApplyCatalogue(next.Position, next.RecordedAt.UtcTicks, revision),
                outcome => EntryOf(outcome, entry => entry.CatalogueRevision = revision),
                new(),
                cancellationToken
            );
        }
    }

    private async Task AdvanceTimeAsync(CancellationToken cancellationToken)
    {
        // Where no time is certain, nothing expires and no wait ends by it.
        while (clock.Read() is { Doubt: not { DecisionsWait: true } } && state.NextTick(Now) is { } moment)
        {
            await CommitAsync(
                next => state.ApplyTick(next.Position, next.RecordedAt.UtcTicks, moment),
                outcome => EntryOf(outcome, entry => entry.Tick = moment),
                new(),
                cancellationToken
            );
        }
    }

    private async Task RecordAsync(IntakeQueue queue, CancellationToken cancellationToken)
    {
        if (queue.IsEmpty)
        {
            return;
        }

        _append.Clear();
        await queue.GatherAsync(_append, past, cancellationToken);
        if (_append.Rows.Length > 0)
        {
            using var span = DecideSpan.Start(state.Country, queue.Included, _append.Rows.Length);
            await CommitRowsAsync(queue.Included[0].Backfill, cancellationToken);
            span?.SetTag("earlywarning.revision", state.Position);
        }

        queue.Answer(_append, state.Position);
    }

    private async Task CommitRowsAsync(bool backfill, CancellationToken cancellationToken)
    {
        var unit = new Unit();
        past.Write(unit, _append.Rows, committer.Upcoming().Position);
        await CommitAsync(
            next => state.Apply(next.Position, next.RecordedAt.UtcTicks, backfill, _append.Rows),
            outcome => _append.Writer.Write(backfill, outcome),
            unit,
            cancellationToken
        );
        past.Committed();
    }

    /// <summary>Applies an input, decides and commits; what is decided that one entry does not hold follows in the next.</summary>
    private async Task CommitAsync(
        Action<Appended> apply,
        Func<CountryOutcome, byte[]> write,
        Unit unit,
        CancellationToken cancellationToken
    )
    {
        listener.Applying();
        CrashPoint.Reach(CrashPoint.BeforeAppend);
        apply(committer.Upcoming());
        long bytes = await AppendAsync(write, unit, cancellationToken);
        while (state.Undecided)
        {
            bytes += await AppendAsync(Rest, new(), cancellationToken);
        }

        CrashPoint.Reach(CrashPoint.AfterAppend);
        await listener.CommittedAsync(state, bytes);
    }

    private async Task<int> AppendAsync(Func<CountryOutcome, byte[]> write, Unit unit, CancellationToken cancellationToken)
    {
        var outcome = state.Decide();
        var entry = write(outcome);
        var appended = await committer.CommitAsync(entry, outcome, state.NextMoment(Now), unit, cancellationToken);
        state.Note(appended.Position, appended.RecordedAt.UtcTicks);
        return entry.Length;
    }

    private static byte[] Rest(CountryOutcome outcome) => EntryOf(outcome, static _ => { });

    private static byte[] EntryOf(CountryOutcome outcome, Action<CountryEntry> set)
    {
        var entry = new CountryEntry { Format = EntryWriter.Format, Outcome = outcome };
        set(entry);
        return entry.ToByteArray();
    }
}

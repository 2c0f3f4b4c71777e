using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Telemetry;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Writing;

/// <summary>
/// Commits the entries of one country's journal, each in one transaction with all that follows from it: the rows and events of breaches,
/// and the due time at which the store wakes the country again. One commit at a time. After any exception it is finished: what is on the
/// disk is not known.
/// </summary>
internal sealed class EntryCommitter(string country, JournalWriter journal, IBreachOutbox breaches, TimeProvider time, RiskMetrics metrics)
{
    /// <summary>The queue of the countries' due times.</summary>
    public const string DueQueue = "risk";

    /// <summary>
    /// The due time in the store, which may be too early and is never too late; <see cref="long.MaxValue"/> where none is known.
    /// </summary>
    private long _due = long.MaxValue;

    /// <summary>Where and when the next entry lands, if it does; the same until then.</summary>
    public Appended Upcoming() => journal.Upcoming();

    /// <summary>Commits an entry; when it returns, all of it is on the disk.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="outcome">What was decided, as the entry says it.</param>
    /// <param name="next">The next moment at which time alone changes anything, in ticks; <see cref="long.MaxValue"/> for none.</param>
    /// <param name="unit">What else belongs to it.</param>
    /// <param name="cancellationToken">Gives the commit up, which may have happened then.</param>
    /// <exception cref="FencedException">Another writer has taken over.</exception>
    /// <exception cref="StoreUnavailableException">The store did not confirm.</exception>
    public async Task<Appended> CommitAsync(byte[] entry, CountryOutcome outcome, long next, Unit unit, CancellationToken cancellationToken)
    {
        var changes = 0;
        foreach (var transition in outcome.Transitions.Where(transition => !transition.Breach.IsEmpty))
        {
            breaches.Add(unit, V1.Breach.Parser.ParseFrom(transition.Breach), time.GetUtcNow());
            changes++;
        }

        var due = Math.Min(next, _due);
        if (due < _due)
        {
            unit.SetDue(DueQueue, country, At(due));
        }

        var appended = await journal.AppendAsync(entry, unit, cancellationToken);
        _due = due;
        metrics.Appends.Add(1);
        metrics.Transitions.Add(outcome.Transitions.Count);
        if (changes > 0)
        {
            CrashPoint.Reach(CrashPoint.AfterDecide);
            breaches.Signal();
        }

        return appended;
    }

    /// <summary>The store has woken the country: its due time moves on to what is next, or goes.</summary>
    public async Task MoveDueAsync(long next, CancellationToken cancellationToken)
    {
        var unit = new Unit();
        if (next <= DateTime.MaxValue.Ticks)
        {
            unit.SetDue(DueQueue, country, At(next));
        }
        else
        {
            (next, _) = (long.MaxValue, unit.RemoveDue(DueQueue, country));
        }

        await journal.CommitAsync(unit, cancellationToken);
        _due = next;
    }

    private static DateTimeOffset At(long ticks) => new(Math.Min(ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);
}

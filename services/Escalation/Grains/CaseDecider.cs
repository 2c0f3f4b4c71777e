using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Outbox;

namespace EarlyWarning.Escalation.Grains;

/// <summary>Decides from the rows what events and time come to in a country's cases. Writes nothing. Thread-safe.</summary>
internal sealed class CaseDecider(CaseReader reader, CaseContexts contexts, TimeProvider time)
{
    /// <summary>What a breach's change comes to.</summary>
    public async Task<CaseWrite> BreachAsync(string country, V1.Breach breach, string eventId)
    {
        var now = time.GetUtcNow();
        var unit = new Unit().Confirm(CaseRows.AppId, eventId, now);
        var known = await reader.MarkAsync(breach.Name, CancellationToken.None);
        if (known?.Sequence >= breach.Sequence)
        {
            return new(unit, null);
        }

        var before = known is null
            ? await reader.OpenAsync(country, CancellationToken.None)
            : await reader.FindAsync(known.Case, CancellationToken.None);
        var builder = new CaseChangeBuilder(before ?? CaseState.None, await contexts.GetAsync(country, now));
        builder.Take(breach, known);
        foreach (var outcome in known is null ? await reader.WaitingAsync(breach.Name, CancellationToken.None) : [])
        {
            builder.AddOutcome(outcome, asks: false);
        }

        var change = builder.Finish();
        return new(unit.Record(breach, change.After.Head.Name, known?.Cause ?? breach.Cause).TakeOutcomes(breach.Name), change);
    }

    /// <summary>What comes of what became of a notification.</summary>
    public async Task<CaseWrite> NotificationAsync(string country, V1.Notification notification, string eventId)
    {
        var now = time.GetUtcNow();
        var unit = new Unit().Confirm(CaseRows.AppId, eventId, now);
        if (CaseOutcome.Of(notification) is not { } outcome || await reader.IsKnownAsync(outcome, CancellationToken.None))
        {
            return new(unit, null);
        }

        // The order of the two topics makes no difference: an outcome may come before its breach.
        var name =
            notification.Case.Length > 0 ? notification.Case : (await reader.MarkAsync(notification.Breach, CancellationToken.None))?.Case;
        var before = name is null ? null : await reader.FindAsync(name, CancellationToken.None);
        unit.Record(outcome, before is null ? notification.Breach : "");
        if (before is null)
        {
            return new(unit, null);
        }

        var builder = new CaseChangeBuilder(before, await contexts.GetAsync(country, now));
        var asks = notification.AnswerDueTime is not null;
        builder.AddOutcome(outcome, asks);
        if (notification is { State: V1.Notification.Types.State.Unaddressed, Step: > 0 })
        {
            builder.HasNobody(notification.Climb, notification.Step, notification.Reason, asks);
        }

        return new(unit, builder.Finish());
    }

    /// <summary>Gets the open case in which something is due; <see langword="null"/> without one.</summary>
    public async Task<CaseState?> DueAsync(string country) =>
        await reader.OpenAsync(country, CancellationToken.None) is { } open && open.Due <= time.GetUtcNow() ? open : null;

    /// <summary>
    /// What time does in the open case: one thing, so that after a crash in between the rest is still due. There is more to do as long as a
    /// case changes.
    /// </summary>
    public async Task<CaseWrite> ReviewAsync(string country)
    {
        var now = time.GetUtcNow();
        if (await reader.OpenAsync(country, CancellationToken.None) is not { } before)
        {
            return new(new Unit().Rest(country, now), null);
        }

        var context = await contexts.GetAsync(country, now);
        var builder = new CaseChangeBuilder(before, context);
        if (CaseChangeBuilder.IsMisdated(before, now))
        {
            builder.SetRight();
        }
        else if (before.Due <= now)
        {
            builder.TimePasses();
        }
        else if (context.Directory is not null && HasAddressedMeanwhile(before, context))
        {
            builder.AskTheUnaddressed();
        }
        else
        {
            // The due time that woke it was another's, or is not one any more.
            var unit = new Unit().Hold(before.Head);
            return new(before.Due is { } due ? unit.SetDue(CaseRows.Queue, country, due) : unit.RemoveDue(CaseRows.Queue, country), null);
        }

        return new(new(), builder.Finish());
    }

    private static bool HasAddressedMeanwhile(CaseState state, CaseContext context) =>
        state.Head.Climbs.SelectMany(CaseState.Unaddressed).Any(step => context.HasRecipient(step.Role, state.Head.Country));
}

using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Outbox;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Escalation.Grains;

/// <summary>
/// Decides in a country's cases, one call after the other: reads the rows, decides, commits all that follows in one transaction. Two
/// activations at once do nothing twice: the later commit finds the case changed, and decides again.
/// </summary>
internal sealed partial class CaseGrain(CaseParts parts, ILogger<CaseGrain> logger) : Grain, ICaseGrain
{
    private const int MostTries = 5;

    private string Country => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public Task RecordBreachAsync(V1.Breach breach, string eventId) =>
        DecideAsync(async () =>
        {
            var now = parts.Time.GetUtcNow();
            var unit = new Unit().Confirm(EscalationExtensions.AppId, eventId, now);
            var known = await parts.Reader.MarkAsync(breach.Name, CancellationToken.None);
            if (known?.Sequence >= breach.Sequence)
            {
                return new(unit, null);
            }

            var before = known is null
                ? await parts.Reader.OpenAsync(Country, CancellationToken.None)
                : await parts.Reader.FindAsync(known.Case, CancellationToken.None);
            var draft = new CaseDraft(before ?? CaseState.None, await ContextAsync(now));
            draft.Take(breach, known);
            foreach (var outcome in known is null ? await parts.Reader.WaitingAsync(breach.Name, CancellationToken.None) : [])
            {
                draft.AddOutcome(outcome, asks: false);
            }

            var change = draft.Finish();
            return new(unit.Record(breach, change.After.Head.Name, known?.Cause ?? breach.Cause).TakeOutcomes(breach.Name), change);
        });

    /// <inheritdoc />
    public Task RecordNotificationAsync(V1.Notification notification, string eventId) =>
        DecideAsync(async () =>
        {
            var now = parts.Time.GetUtcNow();
            var unit = new Unit().Confirm(EscalationExtensions.AppId, eventId, now);
            if (CaseOutcome.Of(notification) is not { } outcome || await parts.Reader.IsKnownAsync(outcome, CancellationToken.None))
            {
                return new(unit, null);
            }

            // The order of the two topics makes no difference: an outcome may come before its breach.
            var name =
                notification.Case.Length > 0
                    ? notification.Case
                    : (await parts.Reader.MarkAsync(notification.Breach, CancellationToken.None))?.Case;
            var before = name is null ? null : await parts.Reader.FindAsync(name, CancellationToken.None);
            unit.Record(outcome, before is null ? notification.Breach : "");
            if (before is null)
            {
                return new(unit, null);
            }

            var draft = new CaseDraft(before, await ContextAsync(now));
            var asks = notification.AnswerDueTime is not null;
            draft.AddOutcome(outcome, asks);
            if (notification is { State: V1.Notification.Types.State.Unaddressed, Step: > 0 })
            {
                draft.HasNobody(notification.Climb, notification.Step, notification.Reason, asks);
            }

            return new(unit, draft.Finish());
        });

    /// <inheritdoc />
    public async Task WakeAsync()
    {
        // One change for each thing that time does: after a crash in between, the rest is still due.
        while (await (s_activities.HasListeners() ? ReviewTracedAsync() : DecideAsync(ReviewAsync))) { }
    }

    private async Task<Decision> ReviewAsync()
    {
        var now = parts.Time.GetUtcNow();
        if (await parts.Reader.OpenAsync(Country, CancellationToken.None) is not { } before)
        {
            return new(new Unit().Rest(Country, now), null);
        }

        var context = await ContextAsync(now);
        var draft = new CaseDraft(before, context);
        if (CaseDraft.IsMisdated(before, now))
        {
            draft.SetRight();
        }
        else if (before.Due <= now)
        {
            draft.TimePasses();
        }
        else if (context.Directory is not null && Unaddressed(before, context))
        {
            draft.AskTheUnaddressed();
        }
        else
        {
            // The due time that woke it was another's, or is not one any more.
            var unit = new Unit().Hold(before.Head);
            return new(before.Due is { } due ? unit.SetDue(CaseRows.Queue, Country, due) : unit.RemoveDue(CaseRows.Queue, Country), null);
        }

        return new(new(), draft.Finish());
    }

    private static bool Unaddressed(CaseState state, CaseContext context) =>
        state.Head.Climbs.SelectMany(CaseState.Unaddressed).Any(step => context.HasRecipient(step.Role, state.Head.Country));

    /// <summary>Decides and commits; whether a case was changed.</summary>
    private async Task<bool> DecideAsync(Func<Task<Decision>> decide)
    {
        for (var tries = 1; ; tries++)
        {
            var (unit, change) = await decide();
            if (change is not null)
            {
                unit.Record(change, parts.Store.Identity.Epoch, parts.Time.GetUtcNow(), parts.Sequence);
            }

            try
            {
                if (!unit.IsEmpty)
                {
                    await parts.Store.CommitAsync(unit, CancellationToken.None);
                }

                Tell(change);
                return change is not null;
            }
            catch (StoreConflictException conflict) when (tries < MostTries)
            {
                LogDecidedAgain(Country, conflict.Message);
            }
        }
    }

    private void Tell(CaseChange? change)
    {
        if (change is not null)
        {
            parts.Meter.Changes.Add(1);
            parts.Meter.Published.Add(change.News.Count(news => !news.IsSettled));
            parts.Sequence.Signal();
        }
    }

    private async Task<CaseContext> ContextAsync(DateTimeOffset now)
    {
        try
        {
            return new(parts.Ladder, await GrainFactory.GetGrain<IDirectoryGrain>(0).ListAsync(), now);
        }
#pragma warning disable CA1031 // A case must climb whatever the directory's service says; who is there to be told it says again later.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNoDirectory(Country, exception.Message);
            return new(parts.Ladder, null, now);
        }
    }

    [LoggerMessage(4101, LogLevel.Information, "A case of {Country} was changed meanwhile and is decided upon again: {Reason}")]
    private partial void LogDecidedAgain(string country, string reason);

    [LoggerMessage(4102, LogLevel.Warning, "Who may be asked in {Country} is not known now; everybody is taken to be there: {Reason}")]
    private partial void LogNoDirectory(string country, string reason);

    /// <summary>What is to be committed, and the change of a case that goes with it.</summary>
    private sealed record Decision(Unit Unit, CaseChange? Change);
}

using EarlyWarning.Escalation.Journal;
using EarlyWarning.Escalation.Ladder;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <summary>Decides what a delivered event does; <see langword="null"/> where it was seen before or does nothing.</summary>
internal static class CaseIntake
{
    /// <summary>
    /// A breach belongs to the case that it is in already, or joins the open case of its country and cause, or opens one. After a case was stood
    /// down a new breach therefore opens a new case.
    /// </summary>
    public static Record? Breach(CaseBook book, CaseLadder ladder, V1.Breach breach, string eventId, DateTimeOffset now)
    {
        var before = book.CaseOf(breach.Name);
        if (before?.Breach(breach.Name)?.Sequence >= breach.Sequence)
        {
            return null;
        }

        if (before is not null)
        {
            var update = new CaseDraft(before, ladder, now);
            update.Update(breach);
            return Change(before, update, eventId, now);
        }

        before = book.OpenCase(breach.Country, breach.Cause);
        var draft = new CaseDraft(before ?? CaseState.None, ladder, now);
        if (before is null)
        {
            draft.Open(breach);
        }
        else
        {
            draft.Join(breach);
        }

        foreach (var parked in book.Parked.Where(parked => parked.Breach == breach.Name))
        {
            draft.AddOutcome(V1.CaseEntry.Parser.ParseFrom(parked.Entry));
        }

        return Change(before ?? CaseState.None, draft, eventId, now);
    }

    /// <summary>
    /// What became of a notification goes into the case that it is about. One about a breach that has not come yet waits for it, so that the
    /// order of the two topics makes no difference.
    /// </summary>
    public static Record? Notification(CaseBook book, CaseLadder ladder, V1.Notification notification, string eventId, DateTimeOffset now)
    {
        if (Outcome(notification) is not { } outcome)
        {
            return null;
        }

        var before = book.Cases.GetValueOrDefault(notification.Case) ?? book.CaseOf(notification.Breach);
        if (before is not null)
        {
            var draft = new CaseDraft(before, ladder, now);
            draft.AddOutcome(outcome);
            return Seen(before.Entries, outcome) ? null : Change(before, draft, eventId, now);
        }

        return Seen(book.Parked.Select(parked => V1.CaseEntry.Parser.ParseFrom(parked.Entry)), outcome) || notification.Breach.Length == 0
            ? null
            : Made(eventId, now, record => record.Parked = new() { Breach = notification.Breach, Entry = outcome.ToByteString() });
    }

    /// <summary>A case's change as a journal entry.</summary>
    public static Record Change(CaseState before, CaseDraft draft, string eventId, DateTimeOffset now) =>
        Made(eventId, now, record => record.Change = before.ChangeTo(draft.Finish()));

    /// <summary>A journal entry.</summary>
    public static Record Made(string eventId, DateTimeOffset now, Action<Record> effect)
    {
        var record = new Record { Format = CaseFold.Format, EventId = eventId, Time = now.ToTimestamp() };
        effect(record);
        return record;
    }

    private static bool Seen(IEnumerable<V1.CaseEntry> entries, V1.CaseEntry outcome) =>
        entries.Any(entry => entry.Resource == outcome.Resource && entry.Kind == outcome.Kind);

    private static V1.CaseEntry? Outcome(V1.Notification notification)
    {
        var who = $"{notification.RecipientName} ({notification.Recipient})";
        var (kind, text, time) = notification.State switch
        {
            V1.Notification.Types.State.Delivered or V1.Notification.Types.State.Read or V1.Notification.Types.State.Acknowledged =>
                (Kind.Told, $"{who} was told: {notification.Subject}", notification.DeliverTime),
            V1.Notification.Types.State.Unaddressed => (Kind.NotTold, notification.Reason, notification.CreateTime),
            V1.Notification.Types.State.GivenUp =>
                (Kind.NotTold, $"{who} could not be told: {LastDetail(notification)}", notification.Receipts.LastOrDefault()?.AttemptTime),
            _ => (Kind.Unspecified, "", null),
        };
        return kind == Kind.Unspecified ? null : new()
        {
            Kind = kind,
            Text = text,
            Time = time ?? notification.CreateTime,
            Step = notification.Step,
            Resource = notification.Name,
            Actor = CaseDraft.Suite,
        };
    }

    private static string LastDetail(V1.Notification notification) =>
        notification.Receipts.LastOrDefault(receipt => !receipt.Delivered)?.Detail is { Length: > 0 } detail ? detail : "every channel gave up.";
}

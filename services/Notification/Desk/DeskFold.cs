using EarlyWarning.Notification.Journal;
using EarlyWarning.Store.Journals;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Notification.Desk;

/// <summary>Folds the journal of notifications. Total: what it does not know it passes over.</summary>
internal sealed partial class DeskFold : IFold<DeskState>
{
    public DeskState Empty() => new();

    public void Apply(DeskState state, JournalEntry entry)
    {
        Entry changes;
        try
        {
            changes = Entry.Parser.ParseFrom(entry.Payload.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return;
        }

        foreach (var change in changes.Changes)
        {
            Apply(state, change, entry.RecordedAt);
        }
    }

    private static void Apply(DeskState state, Change change, DateTimeOffset at)
    {
        switch (change.KindCase)
        {
            case Change.KindOneofCase.EventHandled:
                Apply(state, change.EventHandled, at);
                break;
            case Change.KindOneofCase.AttemptStarted when Find(state, change.AttemptStarted.Id, change.AttemptStarted.Slot) is { } found:
                found.Delivery.Started++;
                found.Delivery.Next = null;
                break;
            case Change.KindOneofCase.AttemptEnded when Find(state, change.AttemptEnded.Id, change.AttemptEnded.Slot) is { } found:
                Apply(state, found.Entry, found.Delivery, change.AttemptEnded);
                break;
            case Change.KindOneofCase.OutcomePublished when state.Find(NameOf(change.OutcomePublished.Id)) is { } entry:
                entry.Published = true;
                state.Settle(entry);
                break;
            case Change.KindOneofCase.Marked when state.Find(NameOf(change.Marked.Id)) is { } entry:
                Apply(state, entry, change.Marked, at);
                break;
            default:
                break;
        }
    }

    private static void Apply(DeskState state, EventHandled handled, DateTimeOffset at)
    {
        if (handled.EventId.Length > 0)
        {
            state.Events.Add(handled.EventId);
        }

        if (handled.Breach.Length > 0)
        {
            state.BreachSequences[handled.Breach] = Math.Max(handled.BreachSequence, state.BreachSequences.GetValueOrDefault(handled.Breach));
        }

        if (handled.Notices.Count == 0 || Read(handled.Message) is not { } shared)
        {
            return;
        }

        foreach (var notice in handled.Notices)
        {
            var webhooks = notice.Channels
                .Where(c => c.Kind == (int)V1.ChannelKind.Webhook)
                .Select(c => new Delivery(notice.Recipient, c.Slot, c.Destination, at))
                .ToList();
            state.Add(new(Make(shared, notice, webhooks.Count, at), state.All.Count + 1, webhooks, handled.Source));
        }
    }

    private static V1.Notification Make(V1.Notification shared, Notice notice, int webhooks, DateTimeOffset at)
    {
        var message = shared.Clone();
        message.Name = NameOf(notice.Id);
        message.Recipient = notice.Recipient;
        message.RecipientName = notice.RecipientName;
        message.Role = (V1.Role)notice.Role;
        message.Reason = notice.Reason;
        message.Tlp = notice.Tlp;
        message.Body = $"{notice.Tlp}\n{shared.Body.Replace(Routing.Wording.Reader, notice.Recipient, StringComparison.Ordinal)}";
        message.CreateTime = at.ToTimestamp();
        message.Sequence = 1;
        if (notice.Channels.Any(c => c.Kind == (int)V1.ChannelKind.Inbox))
        {
            // The inbox is this journal: the entry that makes the notification has it there.
            message.Receipts.Add(new V1.Receipt
            {
                Channel = V1.ChannelKind.Inbox,
                Attempt = 1,
                AttemptTime = message.CreateTime,
                Delivered = true,
                Detail = "In the inbox.",
            });
            message.DeliverTime = message.CreateTime;
        }

        message.State = StateOf(message, finished: webhooks == 0);
        return message;
    }

    private static void Apply(DeskState state, NotificationEntry entry, Delivery delivery, AttemptEnded ended)
    {
        if (delivery.Finished || ended.Attempt <= delivery.Ended)
        {
            return;
        }

        var time = DateTimeOffset.FromUnixTimeMilliseconds(ended.Time);
        delivery.Ended = ended.Attempt;
        delivery.Started = Math.Max(delivery.Started, ended.Attempt);
        delivery.Next = ended.Next == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(ended.Next);
        delivery.Finished = delivery.Next is null;
        var message = entry.Message.Clone();
        message.Sequence++;
        message.Receipts.Add(new V1.Receipt
        {
            Channel = V1.ChannelKind.Webhook,
            Destination = delivery.Destination,
            Attempt = ended.Attempt,
            AttemptTime = time.ToTimestamp(),
            Delivered = ended.Delivered,
            Detail = ended.Detail,
            NextAttemptTime = delivery.Next?.ToTimestamp(),
        });
        if (ended.Delivered)
        {
            message.DeliverTime ??= time.ToTimestamp();
        }

        message.State = StateOf(message, entry.Deliveries.All(d => d.Finished));
        entry.Message = message;
        state.Settle(entry);
    }

    private static void Apply(DeskState state, NotificationEntry entry, Marked marked, DateTimeOffset at)
    {
        var message = entry.Message.Clone();
        message.Sequence++;
        message.ReadTime ??= at.ToTimestamp();
        if (marked.Acknowledged)
        {
            message.AcknowledgeTime ??= at.ToTimestamp();
        }

        message.State = StateOf(message, entry.Deliveries.All(d => d.Finished));
        entry.Message = message;
        state.Settle(entry);
    }

    private static V1.Notification.Types.State StateOf(V1.Notification message, bool finished) => message switch
    {
        { AcknowledgeTime: not null } => V1.Notification.Types.State.Acknowledged,
        { ReadTime: not null } => V1.Notification.Types.State.Read,
        { DeliverTime: not null } => V1.Notification.Types.State.Delivered,
        _ => finished ? V1.Notification.Types.State.Failed : V1.Notification.Types.State.Pending,
    };

    private static (NotificationEntry Entry, Delivery Delivery)? Find(DeskState state, string id, int slot) =>
        state.Find(NameOf(id)) is { } entry && entry.Deliveries.FirstOrDefault(d => d.Slot == slot) is { } delivery ? (entry, delivery) : null;

    private static string NameOf(string id) => $"notifications/{id}";

    private static V1.Notification? Read(ByteString bytes)
    {
        try
        {
            return V1.Notification.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}

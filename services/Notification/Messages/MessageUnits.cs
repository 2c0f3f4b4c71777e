using EarlyWarning.Messaging.Outbox;
using EarlyWarning.ServiceDefaults.Times;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Tracing;
using Google.Protobuf;

namespace EarlyWarning.Notification.Messages;

/// <summary>What a unit writes of messages.</summary>
internal static class MessageUnits
{
    /// <summary>
    /// Adds an event that leads to messages, with what it carried where something is still to be sent of it; refused where it is there
    /// already. The trace that runs now is kept with it, because attempts may come long after.
    /// </summary>
    public static Unit AddEvent(this Unit unit, string eventId, V1.Notification words, ByteString source) =>
        unit.Require(
            static () => new ConcurrentChangeException(),
            "insert into notification_event (event, words, trace, source) values ($1, $2, $3, $4)",
            eventId,
            words.ToByteArray(),
            Traces.Current,
            source.IsEmpty ? null : source.ToByteArray()
        );

    /// <summary>Adds messages, and publishes what they have come to with their making.</summary>
    public static Unit AddMessages(this Unit unit, IReadOnlyCollection<Message> messages, string epoch, DateTimeOffset now)
    {
        if (messages.Count > 0)
        {
            // Lists go on by the order of the rows, which has to be that of the commits.
            unit.Lock("notification_message");
        }

        foreach (var message in messages)
        {
            unit.Add(message);
            if (NotificationEvents.First(message, epoch) is { } outcome)
            {
                unit.Publish(NotificationEvents.AppId, outcome, now);
            }
        }

        return unit;
    }

    /// <summary>Adds a delivery of a message, with the attempt that is begun with it; one that is there already stays as it is.</summary>
    public static Unit AddDelivery(this Unit unit, Message message, Delivery one)
    {
        unit.Add(
            """
            insert into notification_delivery (message, channel, recipient, kind, destination, severity, state, created, due, ends,
              attempts, failures,
              holder, detail)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing
            """,
            message.Id,
            one.Channel,
            message.Told.Recipient,
            (long)one.Kind,
            one.Destination,
            (long)message.Told.Severity,
            (long)one.State,
            one.Created.UtcTicks,
            one.Due.UtcTicks,
            one.Ends.UtcTicks,
            (long)one.Attempts,
            (long)one.Failures,
            one.Holder,
            one.Detail
        );
        return one.Holder.Length == 0
            ? unit
            : unit.AddReceipt(message.Id, one.Channel, one.Attempts, one.Created.UtcTicks, one.Destination, MessageRows.UnderWay, "");
    }

    private static Unit AddReceipt(
        this Unit unit,
        string message,
        string channel,
        long attempt,
        long at,
        string destination,
        long outcome,
        string detail
    ) =>
        unit.Add(
            """
            insert into notification_receipt (message, channel, attempt, at, destination, outcome, detail, next) values ($1, $2, $3, $4,
              $5, $6, $7, 0)
            """,
            message,
            channel,
            attempt,
            at,
            destination,
            outcome,
            detail
        );

    /// <summary>
    /// Sets where a delivery stands. While an attempt is under way its due time is its holder's, unless the other side has the message by
    /// now.
    /// </summary>
    public static Unit SetDelivery(this Unit unit, string message, Delivery one) =>
        unit.Add(
            """
            update notification_delivery set state = $1, due = case when holder = '' then $2 else due end, ends = $3, failures = $4,
              detail = $5
            where message = $6 and channel = $7
            """,
            (long)one.State,
            one.Due.UtcTicks,
            one.Ends.UtcTicks,
            (long)one.Failures,
            one.Detail,
            message,
            one.Channel
        );

    /// <summary>Lets go of a delivery that a holder has an attempt of.</summary>
    public static Unit Release(this Unit unit, string message, string channel, string holder) =>
        unit.Add(
            "update notification_delivery set holder = '' where message = $1 and channel = $2 and holder = $3",
            message,
            channel,
            holder
        );

    /// <summary>Lets go of a delivery whose holder has let its lease end.</summary>
    public static Unit Park(this Unit unit, string message, string channel) =>
        unit.Add("update notification_delivery set holder = '' where message = $1 and channel = $2", message, channel)
            .Add(
                "update notification_receipt set outcome = $1, detail = $2 where message = $3 and channel = $4 and outcome = 0",
                MessageRows.Failed,
                MessageRows.Lost,
                message,
                channel
            );

    /// <summary>Records what an attempt came to.</summary>
    public static Unit EndAttempt(this Unit unit, string message, V1.Receipt receipt) =>
        unit.Add(
            "update notification_receipt set outcome = $1, detail = $2, next = $3 where message = $4 and channel = $5 and attempt = $6",
            receipt.Delivered ? MessageRows.Taken : MessageRows.Failed,
            receipt.Detail,
            receipt.NextAttemptTime.UtcTicks(),
            message,
            receipt.ChannelId,
            (long)receipt.Attempt
        );

    /// <summary>Sets where a message stands; refused where somebody else has changed it since it was read.</summary>
    public static Unit SetMessage(this Unit unit, Message before, Message after, string reader) =>
        unit.Require(
            static () => new ConcurrentChangeException(),
            """
            update notification_message set state = $1, sequence = $2, delivered = $3, read_by = case when read_at = 0 and $4 > 0 then $5
              else read_by end,
              read_at = $6, acknowledged_by = case when acknowledged = 0 and $7 > 0 then $8 else acknowledged_by end, acknowledged = $9,
                reason = $10,
              settled = $11
            where id = $12 and sequence = $13
            """,
            (long)after.Told.State,
            after.Told.Sequence,
            after.Told.DeliverTime.UtcTicks(),
            after.Told.ReadTime.UtcTicks(),
            reader,
            after.Told.ReadTime.UtcTicks(),
            after.Told.AcknowledgeTime.UtcTicks(),
            reader,
            after.Told.AcknowledgeTime.UtcTicks(),
            after.Told.Reason,
            after.Settled ? 1L : 0L,
            before.Id,
            before.Told.Sequence
        );

    /// <summary>Lets go of what an event carried, where nothing is to be sent any more and nobody is to be routed again.</summary>
    public static Unit DropSource(this Unit unit, string eventId) =>
        unit.Add(
            """
            update notification_event set source = null where event = $1 and source is not null
              and not exists (
                select 1 from notification_message m join notification_delivery d on d.message = m.id
                where m.event = $2 and (d.state = 1 or (d.state = 3 and m.acknowledged = 0)))
              and not exists (select 1 from notification_message u where u.event = $3 and u.recipient = '' and u.settled = 0)
            """,
            eventId,
            eventId,
            eventId
        );

    private static void Add(this Unit unit, Message message)
    {
        var told = message.Told;
        unit.Require(
            static () => new ConcurrentChangeException(),
            """
            insert into notification_message (id, event, recipient, recipient_name, role, reason, tlp, country, breach, case_name, climb,
              step, severity,
              state, sequence, created, delivered, read_at, read_by, acknowledged, acknowledged_by, settled)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, '', 0, '', 0)
            """,
            message.Id,
            message.EventId,
            told.Recipient,
            told.RecipientName,
            (long)told.Role,
            told.Reason,
            told.Tlp,
            told.Country,
            told.Breach,
            told.Case,
            (long)told.Climb,
            (long)told.Step,
            (long)told.Severity,
            (long)told.State,
            told.Sequence,
            told.CreateTime.UtcTicks(),
            told.DeliverTime.UtcTicks()
        );
        foreach (var delivery in message.Deliveries)
        {
            unit.AddDelivery(message, delivery);
        }

        foreach (var receipt in message.Receipts)
        {
            unit.AddReceipt(
                message.Id,
                receipt.ChannelId,
                receipt.Attempt,
                receipt.AttemptTime.UtcTicks(),
                receipt.Destination,
                receipt.Delivered ? MessageRows.Taken : MessageRows.Failed,
                receipt.Detail
            );
        }
    }
}

/// <summary>Somebody else was first; read anew, and decide again.</summary>
internal sealed class ConcurrentChangeException : Exception;

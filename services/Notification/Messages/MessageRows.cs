using System.Data.Common;
using EarlyWarning.Notification.Routing;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Notification.Messages;

/// <summary>How messages, deliveries and receipts are read from their rows.</summary>
internal static class MessageRows
{
    public const string Columns = """
        m.seq, m.id, m.event, m.recipient, m.recipient_name, m.role, m.reason, m.tlp, m.state, m.sequence, m.created, m.delivered,
          m.read_at,
        m.acknowledged, m.settled, e.words
        """;

    public const string DeliveryColumns =
        "d.message, d.channel, d.kind, d.destination, d.state, d.created, d.due, d.ends, d.attempts, d.failures, d.holder, d.detail";

    public const string ReceiptColumns = "r.message, r.channel, d.kind, r.destination, r.attempt, r.at, r.outcome, r.detail, r.next";

    /// <summary>Outcomes of an attempt: under way, taken, failed.</summary>
    public const long UnderWay = 0;
    public const long Taken = 1;
    public const long Failed = 2;

    /// <summary>What is known of an attempt whose process has ended.</summary>
    public const string Lost = "The suite ended during the attempt; the destination may have the message.";

    /// <summary>The message alone.</summary>
    public static Message Message(DbDataReader row)
    {
        // What all recipients of an event are told is kept once.
        var told = V1.Notification.Parser.ParseFrom((byte[])row.GetValue(15));
        told.Name = Messages.Message.Names + row.GetString(1);
        told.Recipient = row.GetString(3);
        told.RecipientName = row.GetString(4);
        told.Role = (V1.Role)row.GetInt64(5);
        told.Reason = row.GetString(6);
        told.Tlp = row.GetString(7);
        told.Body = MessageText.Body(told.Body, told.Tlp, told.Recipient);
        told.State = (V1.Notification.Types.State)row.GetInt64(8);
        told.Sequence = row.GetInt64(9);
        told.CreateTime = Time(row.GetInt64(10));
        told.DeliverTime = Time(row.GetInt64(11));
        told.ReadTime = Time(row.GetInt64(12));
        told.AcknowledgeTime = Time(row.GetInt64(13));
        return new(row.GetInt64(0), row.GetString(2), told, [], [], row.GetInt64(14) > 0);
    }

    /// <summary>A delivery, with its message's id.</summary>
    public static (string Message, Delivery Delivery) Delivery(DbDataReader row) =>
        (
            row.GetString(0),
            new(
                row.GetString(1),
                (V1.ChannelKind)row.GetInt64(2),
                row.GetString(3),
                (V1.Delivery.Types.State)row.GetInt64(4),
                Moment(row.GetInt64(5)),
                Moment(row.GetInt64(6)),
                Moment(row.GetInt64(7)),
                (int)row.GetInt64(8),
                (int)row.GetInt64(9),
                row.GetString(10),
                row.GetString(11)
            )
        );

    /// <summary>A receipt, with its message's id.</summary>
    public static (string Message, V1.Receipt Receipt) Receipt(DbDataReader row) =>
        (
            row.GetString(0),
            new()
            {
                ChannelId = row.GetString(1),
                Channel = (V1.ChannelKind)row.GetInt64(2),
                Destination = row.GetString(3),
                Attempt = (int)row.GetInt64(4),
                AttemptTime = Time(row.GetInt64(5)),
                Delivered = row.GetInt64(6) == Taken,
                Detail = row.GetString(7),
                NextAttemptTime = Time(row.GetInt64(8)),
            }
        );

    public static DateTimeOffset Moment(long ticks) => new(ticks, TimeSpan.Zero);

    private static Timestamp? Time(long ticks) => ticks == 0 ? null : Moment(ticks).ToTimestamp();
}

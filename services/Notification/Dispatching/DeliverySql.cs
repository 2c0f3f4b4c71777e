using EarlyWarning.Store.Databases;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>What the dispatcher asks at each look. Each is answered from an index, whatever waits.</summary>
internal static class DeliverySql
{
    /// <summary>
    /// The channels on which something waits, and of each the severity and the time of what comes first there, and the earliest that is
    /// due. Goes from one to the next by the index, so that it costs by channels and not by messages.
    /// </summary>
    public static Statement Channels() =>
        new(
            """
            with recursive recipients (recipient) as (
              select (select recipient from notification_delivery where state = 1 order by recipient limit 1)
              union all
              select (select d.recipient from notification_delivery d where d.state = 1 and d.recipient > r.recipient order by d.recipient
                limit 1)
              from recipients r where r.recipient is not null
            ), channels (recipient, channel) as (
              select r.recipient, (
                select d.channel from notification_delivery d where d.state = 1 and d.recipient = r.recipient order by d.channel limit 1)
              from recipients r where r.recipient is not null
              union all
              select c.recipient, (
                select d.channel from notification_delivery d where d.state = 1 and d.recipient = c.recipient and d.channel > c.channel
                order by d.channel limit 1)
              from channels c where c.channel is not null
            )
            select w.recipient, w.channel, w.severity, w.created, w.due from (
              select c.recipient, c.channel,
                (select d.severity from notification_delivery d where d.state = 1 and d.recipient = c.recipient and d.channel = c.channel
                  order by d.severity desc, d.created limit 1) as severity,
                (select d.created from notification_delivery d where d.state = 1 and d.recipient = c.recipient and d.channel = c.channel
                  order by d.severity desc, d.created limit 1) as created,
                (select d.due from notification_delivery d where d.state = 1 and d.recipient = c.recipient and d.channel = c.channel
                  order by d.due limit 1) as due
              from channels c where c.channel is not null) w
            where w.severity is not null order by w.severity desc, w.created, w.recipient, w.channel
            """
        );

    /// <summary>
    /// What is due on a channel, in the order in which it is sent; for a probe what failed least first.
    /// </summary>
    public static Statement Due(ChannelKey key, DateTimeOffset now, long wrongFuture, int take, bool probe) =>
        new(
            $"""
            select message from notification_delivery
            where state = 1 and recipient = $1 and channel = $2 and (due <= $3 or due > $4)
            order by {(probe ? "failures, " : "")}severity desc, created, message limit $5
            """,
            key.Recipient,
            key.Channel,
            now.UtcTicks,
            wrongFuture,
            (long)take
        );
}

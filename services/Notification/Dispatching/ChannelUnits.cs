using EarlyWarning.Notification.Directory;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// What a unit writes of a channel as a whole: that what waits on it is due, and whether it rests because the other side says that it is no
/// more.
/// </summary>
internal static class ChannelUnits
{
    /// <summary>What waits on a channel is due now.</summary>
    public static Unit MakeDue(this Unit unit, ChannelKey key, DateTimeOffset now) =>
        unit.Add(
            "update notification_delivery set due = $1 where state = 1 and recipient = $2 and channel = $3 and due > $4 and holder = ''",
            now.UtcTicks,
            key.Recipient,
            key.Channel,
            now.UtcTicks
        );

    /// <summary>The channel rests at its present address until an operator says otherwise.</summary>
    public static Unit Rest(this Unit unit, ChannelKey key, ChannelTarget target, string detail, DateTimeOffset now) =>
        unit.Add(
            """
            insert into notification_rest (recipient, channel, address, since, detail) values ($1, $2, $3, $4, $5)
            on conflict (recipient, channel) do update set address = excluded.address, since = excluded.since, detail = excluded.detail
            """,
            key.Recipient,
            key.Channel,
            target.Fingerprint,
            now.UtcTicks,
            detail
        );

    /// <summary>Ends the rest of a recipient's channel, or of all of them.</summary>
    public static Unit EndRest(this Unit unit, string recipient, string channel) =>
        unit.Add("delete from notification_rest where recipient = $1 and ($2 = '' or channel = $3)", recipient, channel, channel);
}

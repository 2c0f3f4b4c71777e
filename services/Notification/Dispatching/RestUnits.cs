using EarlyWarning.Notification.Directory;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>Channels that rest because the other side says that they are no more.</summary>
internal static class RestUnits
{
    /// <summary>The channel rests at its present address until an operator says otherwise.</summary>
    public static Unit Rest(this Unit unit, ChannelKey key, ChannelTarget target, string detail, DateTimeOffset now) => unit.Add(
        """
        insert into notification_rest (recipient, channel, address, since, detail) values ($1, $2, $3, $4, $5)
        on conflict (recipient, channel) do update set address = excluded.address, since = excluded.since, detail = excluded.detail
        """,
        key.Recipient, key.Channel, target.Fingerprint, now.UtcTicks, detail);

    /// <summary>Ends the rest of a recipient's channel, or of all of them.</summary>
    public static Unit EndRest(this Unit unit, string recipient, string channel) => unit.Add(
        "delete from notification_rest where recipient = $1 and ($2 = '' or channel = $3)", recipient, channel, channel);
}

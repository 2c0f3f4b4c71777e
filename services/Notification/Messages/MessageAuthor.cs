using System.Security.Cryptography;
using System.Text;
using EarlyWarning.Notification.Channels;
using EarlyWarning.Notification.Configuration;
using EarlyWarning.Notification.Routing;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Delivery.Types;

namespace EarlyWarning.Notification.Messages;

/// <summary>Makes the messages of a route. Pure.</summary>
internal sealed class MessageAuthor(IEnumerable<IChannel> channels, NotificationOptions options)
{
    private readonly HashSet<V1.ChannelKind> _stored =
    [
        .. channels.Where(channel => channel.HasWhatIsStored).Select(channel => channel.Kind),
    ];

    /// <summary>Makes a message for each who is to be told, or one that says why nobody is.</summary>
    /// <param name="eventId">The event that leads to them.</param>
    /// <param name="words">What all of them are told.</param>
    /// <param name="route">Who.</param>
    /// <param name="tlp">The label of what nobody is sent.</param>
    /// <param name="now">When they are made.</param>
    public IEnumerable<Message> Write(string eventId, V1.Notification words, Route route, string tlp, DateTimeOffset now) =>
        route.Nobody.Length > 0
            ? [Make(eventId, words, new("", "", route.Role, tlp, route.Nobody, []), now)]
            : route.Addressees.Select(one => Make(eventId, words, one, now));

    private Message Make(string eventId, V1.Notification words, Addressee to, DateTimeOffset now)
    {
        var told = words.Clone();
        told.Name = Message.Names + IdOf(eventId, to.Recipient);
        (told.Recipient, told.RecipientName, told.Role, told.Tlp, told.Reason) = (to.Recipient, to.Name, to.Role, to.Tlp, to.Reason);
        told.Body = MessageText.Body(words.Body, to.Tlp, to.Recipient);
        told.CreateTime = now.ToTimestamp();
        told.Sequence = 1;
        List<Delivery> deliveries = [];
        List<V1.Receipt> receipts = [];
        foreach (var channel in to.Channels)
        {
            var delivery = Delivery.New(channel, now, options.Budget);

            // What somebody who has left the directory had waits until they are back, whatever its kind.
            if (_stored.Contains(channel.Kind) && !to.HasLeft)
            {
                delivery = delivery with { State = State.Delivered, Attempts = 1 };
                told.DeliverTime = told.CreateTime;
                receipts.Add(
                    new()
                    {
                        ChannelId = channel.Id,
                        Channel = channel.Kind,
                        Attempt = 1,
                        AttemptTime = told.CreateTime,
                        Delivered = true,
                        Detail = $"In the {channel.Kind.ToString().ToLowerInvariant()}.",
                    }
                );
            }

            deliveries.Add(delivery);
        }

        told.State = Message.StateOf(told, deliveries);
        return new(0, eventId, told, deliveries, receipts, Settled: false);
    }

    /// <summary>The id of what one event tells one recipient.</summary>
    private static string IdOf(string eventId, string recipient) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{eventId}\n{recipient}")).AsSpan(0, 16));
}

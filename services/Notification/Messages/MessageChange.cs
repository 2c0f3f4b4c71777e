using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Store.Committing;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Delivery.Types;

namespace EarlyWarning.Notification.Messages;

/// <summary>
/// A change of one message, from its rows as they were read: what it comes to, and the unit that makes it so together with the outcome's
/// event. Used by one thread, once.
/// </summary>
internal sealed class MessageChange(Message before, string epoch, DateTimeOffset now, TimeSpan budget)
{
    private readonly V1.Notification _told = before.Told.Clone();
    private readonly List<Delivery> _deliveries = [.. before.Deliveries];
    private readonly List<V1.Receipt> _receipts = [.. before.Receipts];
    private readonly List<Action<Unit>> _writes = [];
    private string _reader = "";
    private bool _settled = before.Settled;

    /// <summary>Whether there is anything to write.</summary>
    public bool IsEmpty => _writes.Count == 0;

    /// <summary>What it comes to.</summary>
    public Message After()
    {
        var told = _told.Clone();
        told.State = Message.StateOf(told, _deliveries);
        told.Sequence = before.Told.Sequence + 1;
        return before with { Told = told, Deliveries = _deliveries, Receipts = _receipts, Settled = _settled };
    }

    public Delivery? Delivery(string channel) => _deliveries.Find(one => one.Channel == channel);

    /// <summary>An attempt has ended; its receipt was there since it began.</summary>
    public void End(V1.Receipt receipt, string holder)
    {
        _receipts.Add(receipt);
        _writes.Add(unit => unit.Release(before.Id, receipt.ChannelId, holder).EndAttempt(before.Id, receipt));
        if (receipt.Delivered)
        {
            _told.DeliverTime ??= now.ToTimestamp();
        }
    }

    /// <summary>A delivery stands otherwise.</summary>
    public void Set(Delivery delivery)
    {
        var place = _deliveries.FindIndex(one => one.Channel == delivery.Channel);
        if (_deliveries[place] != delivery)
        {
            _deliveries[place] = delivery;
            _writes.Add(unit => unit.SetDelivery(before.Id, delivery));
        }
    }

    /// <summary>A delivery waits; an attempt of it that was under way is lost.</summary>
    public void Park(Delivery delivery)
    {
        _writes.Add(unit => unit.Park(before.Id, delivery.Channel));
        Set(delivery with { Holder = "" });
    }

    /// <summary>The recipient's channels that it is not on yet are used too.</summary>
    public void UseOthers(DirectoryEntry? entry)
    {
        foreach (var channel in before.Unused(entry).ToList())
        {
            var delivery = Messages.Delivery.New(channel, now, budget);
            _deliveries.Add(delivery);
            _writes.Add(unit => unit.AddDelivery(before, delivery));
        }
    }

    /// <summary>What was not delivered is sent anew; a channel that is no more lets go of it where the recipient has the message.</summary>
    /// <returns>Whether anything is.</returns>
    public bool Redeliver(DirectoryEntry? entry, string channel)
    {
        var anew = false;
        var owed = _deliveries.Where(one => one.State is State.Waiting or State.GivenUp);
        foreach (var one in owed.Where(one => channel.Length == 0 || one.Channel == channel).ToList())
        {
            anew = true;
            var gone = entry?.Channel(one.Channel) is null;
            Set(
                gone && _told.DeliverTime is not null
                    ? one with
                    {
                        State = State.Withdrawn,
                        Detail = "The channel left the directory, and the recipient has the message by another one.",
                    }
                    : one.Anew(now, budget)
            );
        }

        if (anew && channel.Length == 0)
        {
            UseOthers(entry);
        }

        return anew;
    }

    /// <summary>The recipient has read it, or answered it.</summary>
    public void Mark(bool acknowledged, string reader)
    {
        if (_told.ReadTime is null || (acknowledged && _told.AcknowledgeTime is null))
        {
            _reader = reader;
            _told.ReadTime ??= now.ToTimestamp();
            _told.AcknowledgeTime ??= acknowledged ? now.ToTimestamp() : null;
            _writes.Add(static _ => { });
        }
    }

    /// <summary>Nobody need be told of it any more, or others were.</summary>
    public void Settle(string why)
    {
        _settled = true;
        _told.Reason = $"{_told.Reason} {why}";
        _writes.Add(static _ => { });
    }

    /// <summary>Writes the change, and the event of an outcome that is new with it.</summary>
    public Unit WriteTo(Unit unit)
    {
        var after = After();
        unit.SetMessage(before, after, _reader);
        _writes.ForEach(write => write(unit));
        if (before.Told.DeliverTime is null && after.Told.DeliverTime is not null)
        {
            unit.Publish(NotificationEvents.AppId, NotificationEvents.Delivered(after, epoch), now);
        }
        else if (after.Told.State == V1.Notification.Types.State.GivenUp && before.Told.State != after.Told.State)
        {
            unit.Publish(NotificationEvents.AppId, NotificationEvents.GivenUp(after, epoch), now);
        }

        return after.Waits ? unit : unit.DropSource(before.EventId);
    }
}

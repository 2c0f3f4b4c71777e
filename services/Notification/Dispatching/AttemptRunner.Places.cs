using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Messages;
using static EarlyWarning.V1.Delivery.Types;

namespace EarlyWarning.Notification.Dispatching;

/// <content>Places at destinations, one an attempt.</content>
internal sealed partial class AttemptRunner
{
    private Message Reserve(Message message, IReadOnlyDictionary<ChannelKey, string> resting, List<FirstAttempt> begun)
    {
        if (!message.Waits || context.Directory.Current.Find(message.Told.Recipient) is not { } entry)
        {
            return message;
        }

        var now = Time.GetUtcNow();
        var deliveries = message.Deliveries.ToArray();
        for (var i = 0; i < deliveries.Length; i++)
        {
            ChannelKey key = new(message.Told.Recipient, deliveries[i].Channel);
            if (
                deliveries[i].State == State.Waiting
                && entry.Channel(key.Channel) is { } target
                && !(resting.TryGetValue(key, out var address) && address == target.Fingerprint)
                && TakePlace(key, entry, message.Id) is { } place
            )
            {
                deliveries[i] = deliveries[i].Begun(queue.Holder, now + options.Lease);
                begun.Add(new(place, message));
            }
        }

        return message with
        {
            Deliveries = deliveries,
        };
    }

    private InFlightAttempt? TakePlace(ChannelKey key, DirectoryEntry entry, string message)
    {
        var destination = destinations.Of(key);
        var place = destination.HasWaiting || _underWay.Count >= options.Concurrency ? null : Enter(key, entry, destination, message);

        // It will wait, and whoever comes after it behind it.
        destination.HasWaiting |= place is null;
        return place;
    }

    private InFlightAttempt? Enter(ChannelKey key, DirectoryEntry entry, Destination destination, string message)
    {
        if (_underWay.ContainsKey((key, message)) || !destination.TryEnter(Time.GetUtcNow(), out var burst))
        {
            return null;
        }

        InFlightAttempt place = new(key, entry, destination, burst, message, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_underWay.TryAdd((key, message), place))
        {
            return place;
        }

        destination.Leave();
        return null;
    }

    private void Free(InFlightAttempt place)
    {
        place.Destination.Leave();
        _underWay.TryRemove((place.Key, place.Message), out _);
    }
}

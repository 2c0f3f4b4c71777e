using System.Collections.Concurrent;
using EarlyWarning.Notification.Configuration;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>How each destination is doing. Thread-safe.</summary>
internal sealed class Destinations(NotificationOptions options)
{
    private readonly ConcurrentDictionary<ChannelKey, Destination> _all = new();

    public Destination Of(ChannelKey key) => _all.GetOrAdd(key, static (_, given) => new(given), options);

    /// <summary>Starts a recipient's channel anew, or all of theirs.</summary>
    public void Reset(string recipient, string channel)
    {
        foreach (var (key, destination) in _all)
        {
            if (key.Recipient == recipient && (channel.Length == 0 || key.Channel == channel))
            {
                destination.Reset();
            }
        }
    }

    /// <summary>Those whose last attempt failed.</summary>
    public IReadOnlyList<KeyValuePair<ChannelKey, Destination>> Failing => [.. _all.Where(pair => pair.Value.FailingSince is not null)];
}

/// <summary>Names a channel of a recipient: a destination.</summary>
/// <param name="Recipient"><c>recipients/{id}</c>.</param>
/// <param name="Channel">The channel's id.</param>
internal readonly record struct ChannelKey(string Recipient, string Channel)
{
    public override string ToString() => $"{Recipient}, {Channel}";
}

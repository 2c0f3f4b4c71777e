using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>Starts deliveries and channels anew by hand. Thread-safe.</summary>
internal sealed class DeliveryRestart(IStore store, MessageWriter writer, DirectorySource directory, Destinations destinations)
{
    /// <summary>Makes what waits of a message, or was given up, due at once, with the whole time to try before it.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> MessageAsync(
        string message,
        string recipient,
        string channel,
        string etag,
        Action<Unit, Message> with,
        CancellationToken cancellationToken
    )
    {
        var anew = false;
        await writer.ChangeAsync(
            message,
            (before, change) =>
            {
                before.CheckEtag(etag);
                anew =
                    (before.Told.AcknowledgeTime is null || before.Waits) && change.Redeliver(directory.Current.Find(recipient), channel);
            },
            cancellationToken,
            with
        );
        return anew;
    }

    /// <summary>Ends a channel's rest, and whatever its failures have led to.</summary>
    public async Task ChannelAsync(string recipient, string channel, CancellationToken cancellationToken)
    {
        await store.CommitAsync(new Unit().EndRest(recipient, channel), cancellationToken);
        destinations.Reset(recipient, channel);
    }
}

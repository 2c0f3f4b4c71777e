using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>Sends anew by hand what waits or was given up: at once, with the whole time to try before it. Thread-safe.</summary>
internal sealed class Redelivery(
    IStore store, MessageWriter writer, DirectorySource directory, Destinations destinations, Rerouter rerouter, DispatchSignal signal)
{
    private const int AtOnce = 200;

    /// <summary>Sends one message anew, or routes it again.</summary>
    /// <returns>Whether anything is left to send.</returns>
    public async Task<bool> MessageAsync(Message message, CancellationToken cancellationToken)
    {
        if (message.Told.Recipient.Length == 0)
        {
            return !message.Settled && await rerouter.TryAsync(message, cancellationToken);
        }

        var anew = await ChangeAsync(message.Id, message.Told.Recipient, "", cancellationToken);
        var owed = message.Deliveries.Where(one => one.State is V1.Delivery.Types.State.Waiting or V1.Delivery.Types.State.GivenUp);
        foreach (var delivery in anew ? owed : [])
        {
            await ResumeAsync(message.Told.Recipient, delivery.Channel, cancellationToken);
        }

        signal.Set();
        return anew;
    }

    /// <summary>Sends anew all that waits for a recipient or was given up, on a channel or on all.</summary>
    /// <returns>How many messages.</returns>
    public async Task<long> RecipientAsync(string recipient, string channel, CancellationToken cancellationToken)
    {
        await ResumeAsync(recipient, channel, cancellationToken);
        var (count, after) = (0L, "");
        IReadOnlyList<string> page;
        do
        {
            // What is sent anew stays in the list, so it goes on by key.
            page = await store.ReadAsync(
                Unfinished(recipient, channel, after, AtOnce), row => row.GetString(0), cancellationToken);
            foreach (var message in page)
            {
                after = message;
                count += await ChangeAsync(message, recipient, channel, cancellationToken) ? 1 : 0;
            }
        }
        while (page.Count == AtOnce);

        signal.Set();
        return count;
    }

    /// <summary>Whether anything waits on a channel or was given up there.</summary>
    public async Task<bool> HasAnyAsync(string recipient, string channel, CancellationToken cancellationToken) => (await store.ReadAsync(
        Unfinished(recipient, channel, "", 1), row => row.GetString(0), cancellationToken)).Count > 0;

    private static Statement Unfinished(string recipient, string channel, string after, long take) => new(
        """
        select message from notification_delivery where state = 1 and recipient = $1 and ($2 = '' or channel = $3) and message > $4
        union
        select message from notification_delivery where state = 3 and recipient = $5 and ($6 = '' or channel = $7) and message > $8
        order by message limit $9
        """,
        recipient, channel, channel, after, recipient, channel, channel, after, take);

    private async Task<bool> ChangeAsync(string message, string recipient, string channel, CancellationToken cancellationToken)
    {
        var anew = false;
        await writer.ChangeAsync(
            message,
            (before, change) => anew = before.Told.AcknowledgeTime is null || before.Waits
                ? change.Redeliver(directory.Current.Find(recipient), channel)
                : false,
            cancellationToken);
        return anew;
    }

    /// <summary>Ends a channel's rest, and whatever its failures have led to.</summary>
    private async Task ResumeAsync(string recipient, string channel, CancellationToken cancellationToken)
    {
        await store.CommitAsync(new Unit().EndRest(recipient, channel), cancellationToken);
        destinations.Reset(recipient, channel);
    }
}

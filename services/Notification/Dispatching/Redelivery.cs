using EarlyWarning.Notification.Messages;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Requests;
using Google.Protobuf;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>Sends anew by hand what waits or was given up: at once, with the whole time to try before it. Thread-safe.</summary>
internal sealed class Redelivery(
    IStore store,
    DeliveryRestart restart,
    Rerouter rerouter,
    DispatchSignal signal,
    RequestTable requests,
    TimeProvider time
)
{
    private const int AtOnce = 200;

    /// <summary>Sends one message anew, or routes it again.</summary>
    /// <param name="message">The message as it was read.</param>
    /// <param name="etag">The etag that it must have; empty does not check.</param>
    /// <param name="mark">The request's mark, under which its answer is kept with what it does; empty where it has no id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether anything is left to send.</returns>
    public async Task<bool> MessageAsync(Message message, string etag, string mark, CancellationToken cancellationToken)
    {
        message.CheckEtag(etag);
        if (message.Told.Recipient.Length == 0)
        {
            return !message.Settled && await rerouter.TryAsync(message, cancellationToken, mark);
        }

        var anew = await restart.MessageAsync(
            message.Id,
            message.Told.Recipient,
            "",
            etag,
            (unit, after) => unit.KeepRequest(mark, Answer(after), time.GetUtcNow()),
            cancellationToken
        );
        var owed = message.Deliveries.Where(one => one.State is V1.Delivery.Types.State.Waiting or V1.Delivery.Types.State.GivenUp);
        foreach (var delivery in anew ? owed : [])
        {
            await restart.ChannelAsync(message.Told.Recipient, delivery.Channel, cancellationToken);
        }

        signal.Set();
        return anew;
    }

    /// <summary>
    /// Sends anew all that waits for a recipient or was given up, on a channel or on all. With each message it is kept how far it has come,
    /// so that the same request goes on there after a crash, and none is sent anew twice.
    /// </summary>
    /// <param name="recipient">The recipient.</param>
    /// <param name="channel">The channel; empty for all.</param>
    /// <param name="mark">The request's mark; empty where it has no id.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many messages.</returns>
    public async Task<long> RecipientAsync(string recipient, string channel, string mark, CancellationToken cancellationToken)
    {
        await restart.ChannelAsync(recipient, channel, cancellationToken);
        var (count, after) = await ReachedAsync(mark, cancellationToken);
        var reached = after;
        IReadOnlyList<string> page;
        do
        {
            // What is sent anew stays in the list, so it goes on by key.
            page = await store.ReadAsync(Unfinished(recipient, channel, after, AtOnce), row => row.GetString(0), cancellationToken);
            foreach (var message in page)
            {
                after = message;
                if (await restart.MessageAsync(message, recipient, channel, "", Step, cancellationToken))
                {
                    (count, reached) = (count + 1, message);
                }
            }
        } while (page.Count == AtOnce);

        signal.Set();
        return count;

        void Step(Unit unit, Message message) => unit.StepRequest(mark, reached, message.Id, Answer(count + 1), time.GetUtcNow());
    }

    /// <summary>The response for one message.</summary>
    public static byte[] Answer(Message message) => new V1.RedeliverNotificationResponse { Notification = message.Shown() }.ToByteArray();

    /// <summary>Whether anything waits on a channel or was given up there.</summary>
    public async Task<bool> HasAnyAsync(string recipient, string channel, CancellationToken cancellationToken) =>
        (await store.ReadAsync(Unfinished(recipient, channel, "", 1), row => row.GetString(0), cancellationToken)).Count > 0;

    private static Statement Unfinished(string recipient, string channel, string after, long take) =>
        new(
            """
            select message from notification_delivery where state = 1 and recipient = $1 and ($2 = '' or channel = $3) and message > $4
            union
            select message from notification_delivery where state = 3 and recipient = $5 and ($6 = '' or channel = $7) and message > $8
            order by message limit $9
            """,
            recipient,
            channel,
            channel,
            after,
            recipient,
            channel,
            channel,
            after,
            take
        );

    private static byte[] Answer(long count) => new V1.RedeliverNotificationsResponse { Notifications = count }.ToByteArray();

    private async Task<(long Count, string Message)> ReachedAsync(string mark, CancellationToken cancellationToken)
    {
        if (mark.Length == 0)
        {
            return (0, "");
        }

        var (caller, id, _, _, _) = RequestMark.Parse(mark);
        return id.Length > 0 && await requests.FindAsync(caller, id, cancellationToken) is { } kept
            ? (V1.RedeliverNotificationsResponse.Parser.ParseFrom(kept.Answer).Notifications, kept.Reached)
            : (0, "");
    }
}

using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Routing;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Requests;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// Routes again what the directory named nobody for. A breach's is told to whom it names now, while the breach fires; a step's is only
/// settled, because its case asks again. Thread-safe.
/// </summary>
internal sealed class Rerouter(
    IStore store,
    MessageRegister register,
    MessageAuthor author,
    DirectorySource directory,
    DispatchSignal signal,
    TimeProvider time
)
{
    private const int AtOnce = 100;

    /// <summary>Goes through all of them.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Message> page;
        long after = 0;
        do
        {
            page = await register.UnaddressedAsync(after, AtOnce, cancellationToken);
            foreach (var message in page)
            {
                after = message.Seq;
                await TryAsync(message, cancellationToken);
            }
        } while (page.Count == AtOnce);
    }

    /// <summary>Routes one again.</summary>
    /// <param name="before">The message that nobody has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="mark">The mark of the request that asks for it, whose answer is kept with it; empty where none does.</param>
    /// <returns>Whether the directory names somebody now.</returns>
    public async Task<bool> TryAsync(Message before, CancellationToken cancellationToken, string mark = "")
    {
        var listing = directory.Current;
        if (!Router.Names(listing, before.Told.Role, before.Told.Country))
        {
            return false;
        }

        var now = time.GetUtcNow();
        var change = new MessageChange(before, store.Identity.Epoch, now, default);
        IReadOnlyList<Message> messages = [];
        if (before.Told.Case.Length > 0)
        {
            change.Settle("The directory names somebody since; the case asks again.");
        }
        else
        {
            change.Settle("The directory names somebody since, who was told then.");
            var words = await WordsAsync(before.EventId, cancellationToken);
            messages = [.. author.Write(before.EventId, words, Router.ForBreach(listing, before.Told.Country), listing.Tlp, now)];
        }

        var unit = new Unit().AddMessages(messages, store.Identity.Epoch, now).KeepRequest(mark, Redelivery.Answer(change.After()), now);
        try
        {
            // Last, so that what the event carried stays where one of them is still to be sent.
            await store.CommitAsync(change.WriteTo(unit), cancellationToken);
            signal.Set();
        }
        catch (ConcurrentChangeException)
        {
            // The breach has ended meanwhile, or another process was first.
        }

        return true;
    }

    private async Task<V1.Notification> WordsAsync(string eventId, CancellationToken cancellationToken) =>
        (
            await store.ReadAsync(
                new("select words from notification_event where event = $1", eventId),
                row => V1.Notification.Parser.ParseFrom((byte[])row.GetValue(0)),
                cancellationToken
            )
        )[0];
}

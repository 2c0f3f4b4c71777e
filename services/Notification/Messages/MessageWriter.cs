using EarlyWarning.Notification.Configuration;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Notification.Messages;

/// <summary>Changes messages one by one, each from its rows as they are. Thread-safe.</summary>
internal sealed class MessageWriter(IStore store, MessageRegister register, NotificationOptions options, TimeProvider time)
{
    /// <summary>So often somebody else may be first: a message has few channels, and few who read it.</summary>
    private const int MostTries = 20;

    /// <summary>Commits what <paramref name="decide"/> makes of a message as it then is; nothing where it changes nothing.</summary>
    /// <param name="id">The message.</param>
    /// <param name="decide">Decides; called again where the message was changed meanwhile.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="with">Adds what becomes durable with the change, from the message after it.</param>
    /// <returns>The message after it; <see langword="null"/> where there is none.</returns>
    public async Task<Message?> ChangeAsync(
        string id,
        Action<Message, MessageChange> decide,
        CancellationToken cancellationToken,
        Action<Unit, Message>? with = null
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await register.FindAsync(id, cancellationToken) is not { } before)
            {
                return null;
            }

            var change = new MessageChange(before, store.Identity.Epoch, time.GetUtcNow(), options.Budget);
            decide(before, change);
            if (change.IsEmpty)
            {
                return before;
            }

            var (unit, after) = (change.WriteTo(new()), change.After());
            with?.Invoke(unit, after);
            try
            {
                await store.CommitAsync(unit, cancellationToken);
                return after;
            }
            catch (ConcurrentChangeException) when (attempt < MostTries)
            {
                // Read anew.
            }
        }
    }
}

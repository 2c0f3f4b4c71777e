using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Notification.Journal;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Desk;

/// <summary>
/// Hands each notification's outcome to the outbox under one id, in the transaction that marks it. Runs on the grain's scheduler alone.
/// </summary>
internal sealed class OutcomePublisher(DeskWriter writer, TimeProvider time, ILogger logger)
{
    private readonly HashSet<NotificationEntry> _offered = [];

    /// <summary>Hands the outcome on, unless there is none yet, or it is handed on or about to be.</summary>
    public void Offer(NotificationEntry entry)
    {
        if (entry is { HasOutcome: true, Published: false } && _offered.Add(entry))
        {
            _ = HandOnAsync(entry);
        }
    }

    private async Task HandOnAsync(NotificationEntry entry)
    {
        try
        {
            await writer.CommitAsync(
                $"{entry.Id}/published",
                addsWork: false,
                _ => new Change { OutcomePublished = new OutcomePublished { Id = entry.Id } },
                (unit, _) => unit.Publish(NotificationExtensions.AppId, EventOf(entry), time.GetUtcNow()));
        }
#pragma warning disable CA1031 // The activation ends over it; the next one hands it on under the same id.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.NotHandedOn(entry.Id, e);
        }
        finally
        {
            _offered.Remove(entry);
        }
    }

    private static DomainEvent EventOf(NotificationEntry entry)
    {
        var outcome = entry.Message.State == V1.Notification.Types.State.Failed ? "failed" : "delivered";
        return new(Topics.Notifications, $"{entry.Id}-{outcome}", $"earlywarning.v1.notification.{outcome}", entry.Message.Country, entry.Message);
    }
}

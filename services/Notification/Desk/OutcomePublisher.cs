using EarlyWarning.Messaging;
using EarlyWarning.Notification.Journal;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Desk;

/// <summary>
/// Publishes each notification's outcome under one id until the broker has it, one after the other. Runs on the grain's scheduler alone.
/// </summary>
internal sealed class OutcomePublisher(DeskWriter writer, IEventPublisher publisher, DeskAlarm alarm, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    private readonly Queue<NotificationEntry> _waiting = new();
    private readonly HashSet<NotificationEntry> _offered = [];
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private TimeSpan _wait = s_firstWait;
    private Task _running = Task.CompletedTask;

    /// <summary>Publishes the outcome, unless there is none yet, or it is published or about to be.</summary>
    public void Offer(NotificationEntry entry)
    {
        if (!entry.HasOutcome || entry.Published || time.GetUtcNow() < _notBefore || !_offered.Add(entry))
        {
            return;
        }

        _waiting.Enqueue(entry);
        if (_running.IsCompleted)
        {
            _running = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        // The webhooks of this turn go first.
        await Task.Yield();
        while (_waiting.TryDequeue(out var entry))
        {
            try
            {
                await publisher.PublishAsync(EventOf(entry), CancellationToken.None);
                _wait = s_firstWait;
                _ = MarkAsync(entry);
            }
#pragma warning disable CA1031 // Nobody waits for this task: what it met is said here, and the outcome is offered again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                GiveWay(entry, e);
            }
        }
    }

    private async Task MarkAsync(NotificationEntry entry)
    {
        try
        {
            await writer.CommitAsync($"{entry.Id}/published", addsWork: false, _ => new Change
            {
                OutcomePublished = new OutcomePublished { Id = entry.Id },
            });
        }
#pragma warning disable CA1031 // The activation ends over it; the next one publishes again under the same id.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.NotMarked(entry.Id, e);
        }
        finally
        {
            _offered.Remove(entry);
        }
    }

    private void GiveWay(NotificationEntry entry, Exception e)
    {
        logger.NotPublished(entry.Id, e.Message);
        _offered.Remove(entry);
        _offered.ExceptWith(_waiting);
        _waiting.Clear();
        _notBefore = time.GetUtcNow() + _wait;
        _wait = _wait * 2 < s_longestWait ? _wait * 2 : s_longestWait;
        alarm.RingAt(_notBefore);
    }

    private static DomainEvent EventOf(NotificationEntry entry)
    {
        var outcome = entry.Message.State == V1.Notification.Types.State.Failed ? "failed" : "delivered";
        return new(Topics.Notifications, $"{entry.Id}-{outcome}", $"earlywarning.v1.notification.{outcome}", entry.Message.Country, entry.Message);
    }
}

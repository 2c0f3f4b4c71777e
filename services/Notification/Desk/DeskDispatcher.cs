using EarlyWarning.Notification.Delivery;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Journal;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Desk;

/// <summary>
/// Sends what is to be sent, each delivery as a task of its own, so that a slow destination holds up no other. Runs on the grain's scheduler
/// alone. Disposing ends it.
/// </summary>
internal sealed class DeskDispatcher(
    DeskWriter writer, OutcomePublisher outcomes, DirectorySource directory, WebhookSender sender, Destinations destinations,
    NotificationOptions options, DeskAlarm alarm, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly HashSet<Delivery> _sending = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _disposed;

    /// <summary>Starts on a notification that was made just now: its first attempts are journalled with it.</summary>
    public void Begin(NotificationEntry entry)
    {
        foreach (var delivery in entry.Deliveries)
        {
            _sending.Add(delivery);
            _ = DeliverAsync(entry, delivery, started: true);
        }

        outcomes.Offer(entry);
    }

    /// <summary>Starts on everything that is due, then moves the due time.</summary>
    public void Wake()
    {
        var now = time.GetUtcNow();
        foreach (var entry in writer.State.Unfinished)
        {
            foreach (var delivery in entry.Deliveries)
            {
                // None is put off beyond the budget: what is, a clock put off that was ahead.
                var due = delivery.Next is not { } next || next <= now || next > now + options.Budget;
                if (due && !delivery.Finished && _sending.Add(delivery))
                {
                    _ = DeliverAsync(entry, delivery, started: false);
                }
            }

            outcomes.Offer(entry);
        }

        writer.Reindex(EarliestDue);
    }

    /// <summary>Ends what is being sent: whoever takes over sends it again under the same key.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _stop.Cancel();
            _stop.Dispose();
        }
    }

    /// <summary>The earliest time at which something is to be done, now while something is under way; and sets the alarm to the next attempt.</summary>
    private DateTimeOffset? EarliestDue()
    {
        var now = time.GetUtcNow();
        DateTimeOffset? next = null;
        var underWay = false;
        foreach (var entry in writer.State.Unfinished)
        {
            underWay |= entry.HasOutcome && !entry.Published;
            foreach (var delivery in entry.Deliveries.Where(d => !d.Finished))
            {
                if (_sending.Contains(delivery) || delivery.Next is not { } due)
                {
                    underWay = true;
                }
                else
                {
                    next = next < due ? next : due;
                }
            }
        }

        if (next is { } at)
        {
            alarm.RingAt(at);
        }

        return underWay ? now : next;
    }

    private async Task DeliverAsync(NotificationEntry entry, Delivery delivery, bool started)
    {
        try
        {
            if (!started)
            {
                await StartAsync(entry, delivery);
            }

            var outcome = await AttemptAsync(entry, delivery);
            var now = time.GetUtcNow();
            var next = outcome.Final
                ? null
                : BackOff.Next(options, delivery.Made, now, delivery.Started, outcome.RetryAfter, Jitter());
            Meters.Attempt(outcome, now - delivery.Made);
            await EndAsync(entry, delivery, outcome.Delivered, Detail(outcome, next), next);
            if (delivery.Next is { } due)
            {
                logger.AttemptFailed(entry.Id, delivery.Destination, delivery.Ended, outcome.Detail, due);
                alarm.RingAt(due);
            }
            else if (!outcome.Delivered)
            {
                logger.GivenUp(entry.Id, delivery.Destination, delivery.Ended, outcome.Detail);
            }
        }
        catch (OperationCanceledException) when (_disposed)
        {
            // The activation ends.
        }
#pragma warning disable CA1031 // Nobody waits for this task: what it met is said here, and the delivery is due again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.DeliveryBroken(entry.Id, delivery.Destination, e);
            alarm.RingAt(time.GetUtcNow() + options.FirstBackOff);
        }
        finally
        {
            _sending.Remove(delivery);
        }

        outcomes.Offer(entry);
    }

    private async Task StartAsync(NotificationEntry entry, Delivery delivery)
    {
        if (delivery.Started > delivery.Ended)
        {
            await EndAsync(entry, delivery, false, "Interrupted before an answer came; the destination may have it.", time.GetUtcNow());
        }

        await writer.CommitAsync($"{entry.Id}/{delivery.Slot}", addsWork: false, _ => new Change
        {
            AttemptStarted = new AttemptStarted { Id = entry.Id, Slot = delivery.Slot },
        });
    }

    private async Task<AttemptOutcome> AttemptAsync(NotificationEntry entry, Delivery delivery)
    {
        var stopped = _stop.Token;
        using var place = await destinations.EnterAsync(delivery.Destination, stopped);
        var target = directory.Current.Find(delivery.Recipient)?.Channels.ElementAtOrDefault(delivery.Slot);
        var outcome = target is { Kind: V1.ChannelKind.Webhook }
            ? await sender.SendAsync(target, entry.Id, WebhookPayload.Make(entry.Message, entry.Source), stopped)
            : new(false, false, $"The directory no longer has this webhook of {delivery.Recipient}; put it back, or tell them by other means.");
        place.Report(outcome);
        return outcome;
    }

    private Task<Change?> EndAsync(NotificationEntry entry, Delivery delivery, bool delivered, string detail, DateTimeOffset? next) =>
        writer.CommitAsync($"{entry.Id}/{delivery.Slot}", addsWork: false, _ => new Change
        {
            AttemptEnded = new AttemptEnded
            {
                Id = entry.Id,
                Slot = delivery.Slot,
                Attempt = delivery.Started,
                Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Delivered = delivered,
                Detail = detail,
                Next = next?.ToUnixTimeMilliseconds() ?? 0,
            },
        });

    private string Detail(AttemptOutcome outcome, DateTimeOffset? next) =>
        outcome.Final || next is not null ? outcome.Detail : $"{outcome.Detail} Given up after {options.Budget}.";

#pragma warning disable CA5394 // It spreads attempts; nobody gains by guessing it.
    private static double Jitter() => Random.Shared.NextDouble();
#pragma warning restore CA5394
}

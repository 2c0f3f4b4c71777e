using EarlyWarning.Notification.Directory;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// Sends what is due, each attempt as a task of its own, so that a destination that hangs holds up no other: the most severe first, then
/// the oldest. Looks when something is made due in this process, at the time of the next attempt, and every second for what other processes
/// and the clock make due.
/// </summary>
internal sealed class Dispatcher(
    DeliveryQueue queue,
    Attempts attempts,
    AttemptRunner runner,
    DirectoryFollower follower,
    Destinations destinations,
    DispatchSignal signal,
    DispatcherContext context
) : BackgroundService
{
    private const int ParkedAtOnce = 200;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_soonest = TimeSpan.FromMilliseconds(10);

    // A look at a directory that has changed may make thousands of messages anew.
    private readonly Heartbeat? _heartbeat = context.Heartbeats?.Begin("sending", TimeSpan.FromMinutes(10));
    private IReadOnlyDictionary<ChannelKey, string> _resting = new Dictionary<ChannelKey, string>();

    private TimeProvider Time => context.Time;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            _heartbeat?.Beat();
            var changed = signal.Next;
            var wait = s_poll;
            try
            {
                if (!context.IsHeld)
                {
                    wait = await DispatchDueAsync(stoppingToken);
                }
            }
#pragma warning disable CA1031 // Whatever one look meets, the next one is made: nothing else sends.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                context.Logger.NotLooked(exception.Message);
            }

            await changed.WaitAsync(wait, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await runner.StopAsync();
    }

    private async Task<TimeSpan> DispatchDueAsync(CancellationToken stopping)
    {
        await queue.EndEarlierAsync(stopping);
        await runner.RenewAsync(stopping);
        await follower.FollowAsync(stopping);
        var resting = await RestingAsync(stopping);
        runner.Know(resting);
        var listing = context.Directory.Current;
        var next = DateTimeOffset.MaxValue;
        foreach (var waiting in await queue.ChannelsAsync(stopping))
        {
            var now = Time.GetUtcNow();
            var entry = listing.Find(waiting.Key.Recipient);
            var target = entry?.Channel(waiting.Key.Channel);
            var destination = destinations.Of(waiting.Key);
            if (entry is null || target is null || (resting.TryGetValue(waiting.Key, out var address) && address == target.Fingerprint))
            {
                await ParkAsync(waiting.Key, entry, target, stopping);
            }
            else if (destination.Free(now) > 0)
            {
                next = waiting.Due > now ? Earlier(next, waiting.Due) : next;
                await runner.BeginAsync(waiting.Key, entry);
            }
            else if (destination.ClosedUntil > now)
            {
                next = Earlier(next, destination.ClosedUntil);
                await EndAsync(waiting.Key, destination, now, stopping);
            }
        }

        var rest = next - Time.GetUtcNow();
        return rest < s_soonest ? s_soonest
            : rest < s_poll ? rest
            : s_poll;
    }

    /// <summary>What was parked while a rest was ended, by the rest as it was read before, is due again with the next look.</summary>
    private async Task<IReadOnlyDictionary<ChannelKey, string>> RestingAsync(CancellationToken stopping)
    {
        var before = _resting;
        _resting = await queue.RestingAsync(stopping);
        foreach (var key in before.Keys.Where(key => !_resting.ContainsKey(key)))
        {
            await queue.MakeDueAsync(key, stopping);
        }

        return _resting;
    }

    /// <summary>
    /// The channel is not there to be used: what is due waits with the reason, and the recipient's other channels are used.
    /// </summary>
    private async Task ParkAsync(ChannelKey key, DirectoryEntry? entry, ChannelTarget? target, CancellationToken stopping)
    {
        var why =
            target is not null ? "The channel rests, because the other side said that it is no more; redeliver when it is back."
            : entry is not null ? $"The directory no longer has this channel of {key.Recipient}; it waits until it is back."
            : $"The directory no longer has {key.Recipient}; put them back, or tell them by other means.";
        foreach (var message in await queue.DueAsync(key, ParkedAtOnce, probe: false, stopping))
        {
            if (!runner.Runs(key, message))
            {
                await attempts.ParkAsync(key, entry, message, why, stopping);

                // The recipient's other channels were looked at before they had it.
                signal.Set();
            }
        }
    }

    /// <summary>The destination takes nothing for now: what is at the end of its time is given up without an attempt of its own.</summary>
    private async Task EndAsync(ChannelKey key, Destination destination, DateTimeOffset now, CancellationToken stopping)
    {
        foreach (var message in await queue.EndedAsync(key, now, ParkedAtOnce, stopping))
        {
            if (!runner.Runs(key, message))
            {
                await attempts.GiveUpAsync(key, message, destination.LastError, stopping);
            }
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

using System.Collections.Concurrent;
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
    DeliveryQueue queue, Attempts attempts, Upkeep upkeep, Destinations destinations, DispatchSignal signal, NotificationOptions options,
    DispatcherContext context, Pulses? pulses = null) : BackgroundService
{
    private const int ParkedAtOnce = 200;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_soonest = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<(ChannelKey Key, string Message), Task> _underWay = new();
    // A look at a directory that has changed may make thousands of messages anew.
    private readonly Pulse? _pulse = pulses?.Begin("sending", TimeSpan.FromMinutes(10));
    private bool _earlierEnded;
    private DateTimeOffset _renewed;
    private IReadOnlyDictionary<ChannelKey, string> _resting = new Dictionary<ChannelKey, string>();
    private CancellationToken _stopping;

    private TimeProvider Time => context.Time;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        using CancellationTokenSource ending = new();
        while (!stoppingToken.IsCancellationRequested)
        {
            _pulse?.Beat();
            var changed = signal.Next;
            var wait = s_look;
            try
            {
                if (context.Health is not ({ Quiet.Length: > 0 } or { Status.Available: false }))
                {
                    wait = await LookAsync(stoppingToken, ending.Token);
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

        // What is under way is given the time to end by itself.
        await Task.WhenAll(_underWay.Values).WaitAsync(options.AttemptTimeout / 2, Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ending.CancelAsync();
        await Task.WhenAll(_underWay.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<TimeSpan> LookAsync(CancellationToken stopping, CancellationToken ending)
    {
        if (!_earlierEnded)
        {
            await queue.EndEarlierAsync(stopping);
            _earlierEnded = true;
        }

        await RenewAsync(stopping);
        await upkeep.LookAsync(stopping);
        var resting = await RestingAsync(stopping);
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
                await BeginAsync(waiting.Key, entry, destination, ending);
            }
            else if (destination.ClosedUntil > now)
            {
                next = Earlier(next, destination.ClosedUntil);
                await EndAsync(waiting.Key, destination, now, stopping);
            }
        }

        var rest = next - Time.GetUtcNow();
        return rest < s_soonest ? s_soonest : rest < s_look ? rest : s_look;
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

    private async Task RenewAsync(CancellationToken stopping)
    {
        var now = Time.GetUtcNow();
        if (!_underWay.IsEmpty && now - _renewed >= options.Lease / 4)
        {
            await queue.RenewAsync(stopping);
            _renewed = now;
        }
    }

    private async Task BeginAsync(ChannelKey key, DirectoryEntry entry, Destination destination, CancellationToken ending)
    {
        var free = Math.Min(destination.Free(Time.GetUtcNow()), options.Concurrency - _underWay.Count);
        foreach (var message in free > 0 ? await queue.DueAsync(key, free, destination.Probes, ending) : [])
        {
            // One whose lease has ended while it is under way here is not lost: only this process knows.
            TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_underWay.ContainsKey((key, message)) && destination.TryEnter(Time.GetUtcNow(), out var burst))
            {
                if (_underWay.TryAdd((key, message), done.Task))
                {
                    _ = RunAsync(key, entry, destination, burst, message, done, ending);
                }
                else
                {
                    destination.Leave();
                }
            }
        }
    }

    private async Task RunAsync(
        ChannelKey key, DirectoryEntry entry, Destination destination, int burst, string message, TaskCompletionSource done,
        CancellationToken ending)
    {
        var (taken, back) = (false, false);
        try
        {
            if (await attempts.MakeAsync(key, entry, message, ending) is { } ended)
            {
                taken = ended.Outcome.Delivered;

                // Before it is recorded: whoever sees the receipt and has it sent anew is not held up by what is reported after.
                back = !ending.IsCancellationRequested && destination.Report(burst, ended.Outcome, ended.Time, ended.Jitter);
                await attempts.RecordAsync(key, entry, message, ended, ending);
            }
        }
#pragma warning disable CA1031 // Nobody waits for this task: what it met is said here, and the delivery is due again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context.Logger.AttemptBroken(message, key, exception);
        }

        destination.Leave();
        _underWay.TryRemove((key, message), out _);
        if (!_stopping.IsCancellationRequested)
        {
            await GoOnAsync(key, destination, taken, back, ending);
        }

        done.SetResult();
    }

    /// <summary>The next of a destination that takes messages begins at once; all else is looked at anew.</summary>
    private async Task GoOnAsync(ChannelKey key, Destination destination, bool taken, bool back, CancellationToken ending)
    {
        try
        {
            if (back)
            {
                await queue.MakeDueAsync(key, ending);
            }

            if (taken && context.Directory.Current.Find(key.Recipient) is { } entry && entry.Channel(key.Channel) is not null)
            {
                await BeginAsync(key, entry, destination, ending);
                return;
            }
        }
#pragma warning disable CA1031 // The next look finds what is due.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context.Logger.NotLooked(exception.Message);
        }

        signal.Set();
    }

    /// <summary>
    /// The channel is not there to be used: what is due waits with the reason, and the recipient's other channels are used.
    /// </summary>
    private async Task ParkAsync(ChannelKey key, DirectoryEntry? entry, ChannelTarget? target, CancellationToken stopping)
    {
        var why = target is not null ? "The channel rests, because the other side said that it is no more; redeliver when it is back."
            : entry is not null ? $"The directory no longer has this channel of {key.Recipient}; it waits until it is back."
            : $"The directory no longer has {key.Recipient}; put them back, or tell them by other means.";
        foreach (var message in await queue.DueAsync(key, ParkedAtOnce, probe: false, stopping))
        {
            if (!_underWay.ContainsKey((key, message)))
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
            if (!_underWay.ContainsKey((key, message)))
            {
                await attempts.GiveUpAsync(key, message, destination.LastError, stopping);
            }
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

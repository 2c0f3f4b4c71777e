using System.Collections.Concurrent;
using System.Security.Cryptography;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// Sends what is due, each attempt as a task of its own, so that a destination that hangs holds up no other: the most severe first, then the oldest.
/// Looks when something is made due in this process, at the time of the next attempt, and every second for what other processes and the clock
/// make due.
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
    private DateTimeOffset _renewed;

    private TimeProvider Time => context.Time;

    /// <summary>How many attempts are under way.</summary>
    public int UnderWay => _underWay.Count;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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
        await RenewAsync(stopping);
        await upkeep.LookAsync(stopping);
        var resting = await queue.RestingAsync(stopping);
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
            else
            {
                next = destination.ClosedUntil > now ? Earlier(next, destination.ClosedUntil) : next;
                await EndAsync(waiting.Key, destination, stopping);
            }
        }

        var rest = next - Time.GetUtcNow();
        return rest < s_soonest ? s_soonest : rest < s_look ? rest : s_look;
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
        ChannelKey key, DirectoryEntry entry, Destination destination, int burst, string message, TaskCompletionSource done, CancellationToken ending)
    {
        EndedAttempt? ended = null;
        var (back, jitter) = (false, RandomNumberGenerator.GetInt32(1000) / 999.0);
        try
        {
            ended = await attempts.MakeAsync(key, entry, message, jitter, ending);
        }
#pragma warning disable CA1031 // Nobody waits for this task: what it met is said here, and the delivery is due again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context.Logger.AttemptBroken(message, key, exception);
        }

        if (ended is null || ending.IsCancellationRequested)
        {
            destination.Leave();
        }
        else
        {
            back = destination.Leave(burst, ended.Outcome, ended.Time, jitter);
        }

        _underWay.TryRemove((key, message), out _);
        await GoOnAsync(key, ended is { Outcome.Delivered: true }, back, ending);
        done.SetResult();
    }

    /// <summary>The next of a destination that takes messages begins at once; all else is looked at anew.</summary>
    private async Task GoOnAsync(ChannelKey key, bool taken, bool back, CancellationToken ending)
    {
        try
        {
            if (back)
            {
                await queue.MakeDueAsync(key, ending);
            }

            if (taken && context.Directory.Current.Find(key.Recipient) is { } entry && entry.Channel(key.Channel) is not null && !ending.IsCancellationRequested)
            {
                await BeginAsync(key, entry, destinations.Of(key), ending);
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

    /// <summary>The channel is not there to be used: what is due waits with the reason, and the recipient's other channels are used.</summary>
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
            }
        }
    }

    /// <summary>The destination takes nothing for now: what is at the end of its time is given up without an attempt of its own.</summary>
    private async Task EndAsync(ChannelKey key, Destination destination, CancellationToken stopping)
    {
        foreach (var message in destination.Probes ? await queue.EndedAsync(key, ParkedAtOnce, stopping) : [])
        {
            await attempts.GiveUpAsync(key, message, destination.LastError, stopping);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

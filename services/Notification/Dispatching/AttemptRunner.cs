using System.Collections.Concurrent;
using System.Diagnostics;
using EarlyWarning.Notification.Configuration;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Telemetry;
using Google.Protobuf;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// Runs attempts, each as a task of its own with a place at its destination, so that a destination that hangs holds up no other.
/// Thread-safe.
/// </summary>
internal sealed partial class AttemptRunner(
    DeliveryQueue queue,
    Attempts attempts,
    Destinations destinations,
    DispatchSignal signal,
    NotificationOptions options,
    NotificationMetrics metrics,
    DispatcherContext context
) : IDisposable
{
    private readonly ConcurrentDictionary<(ChannelKey Key, string Message), InFlightAttempt> _underWay = new();
    private readonly CancellationTokenSource _ending = new();
    private IReadOnlyDictionary<ChannelKey, string>? _resting;
    private long? _renewed;
    private volatile bool _stopped;

    private TimeProvider Time => context.Time;

    /// <summary>Whether an attempt of a message on a channel runs here.</summary>
    public bool Runs(ChannelKey key, string message) => _underWay.ContainsKey((key, message));

    /// <summary>Takes in which channels rest, and at which address: nothing begins before that is known.</summary>
    public void Know(IReadOnlyDictionary<ChannelKey, string> resting) => _resting = resting;

    /// <summary>
    /// Keeps places for the first attempts of messages that are about to be made, where a destination has one free and nothing waits for
    /// it. The caller says in the end that they are committed, or that they are not.
    /// </summary>
    public FirstAttempts Reserve(IReadOnlyList<Message> messages)
    {
        if (_resting is not { } resting || _stopped || context.IsHeld)
        {
            return new(messages, []);
        }

        List<FirstAttempt> begun = [];
        return new([.. messages.Select(message => Reserve(message, resting, begun))], begun);
    }

    /// <summary>The messages are committed: their first attempts run.</summary>
    public void Begin(FirstAttempts first, ByteString source)
    {
        foreach (var message in first.Messages)
        {
            metrics.Made(told: message.Told.Recipient.Length > 0);
        }

        foreach (var (place, message) in first.Begun)
        {
            _ = RunAsync(place, token => attempts.MakeAsync(place.Key, place.Entry, message, source, token));
        }
    }

    /// <summary>
    /// The messages are not committed, as far as is known: the places are free again. Where somebody else has committed the same message
    /// meanwhile, a look may have found its place taken; so there is another one.
    /// </summary>
    public void Release(FirstAttempts first)
    {
        foreach (var (place, _) in first.Begun)
        {
            Free(place);
            place.Done.SetResult();
            signal.Set();
        }
    }

    /// <summary>Begins what is due on a channel, as far as there are places.</summary>
    public async Task BeginAsync(ChannelKey key, DirectoryEntry entry)
    {
        // Where the end of another attempt leads to this one, its trace does not go on here.
        Activity.Current = null;
        var destination = destinations.Of(key);
        var free = Math.Min(destination.Free(Time.GetUtcNow()), options.Concurrency - _underWay.Count);
        if (free <= 0)
        {
            return;
        }

        var due = await queue.DueAsync(key, free, destination.Probes, _ending.Token);
        destination.HasWaiting = due.Count == free;
        foreach (var message in due)
        {
            // One whose lease has ended while it is under way here is not lost: only this process knows.
            if (Enter(key, entry, destination, message) is { } place)
            {
                _ = RunAsync(place, token => attempts.MakeAsync(key, entry, message, token));
            }
        }
    }

    /// <summary>Puts off the end of the leases of what runs here. What was begun and does not run is lost, and its lease ends.</summary>
    public async Task RenewAsync(CancellationToken stopping)
    {
        if (!_underWay.IsEmpty && (_renewed is not { } renewed || Time.GetElapsedTime(renewed) >= options.Lease / 4))
        {
            var now = Time.GetTimestamp();
            await queue.RenewAsync(_underWay.Keys, stopping);
            _renewed = now;
        }
    }

    /// <summary>Begins nothing more, and gives what is under way the time to end by itself.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        await WhenDoneAsync()
            .WaitAsync(options.AttemptTimeout / 2, Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _ending.CancelAsync();
        await WhenDoneAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _ending.Dispose();

    private Task WhenDoneAsync() => Task.WhenAll(_underWay.Values.Select(place => place.Done.Task));

    private async Task RunAsync(InFlightAttempt place, Func<CancellationToken, Task<EndedAttempt?>> make)
    {
        var (taken, ending) = (false, _ending.Token);
        try
        {
            if (await make(ending) is { } ended)
            {
                metrics.Attempted(ended.Outcome, ended.Since);
                taken = ended.Outcome.Delivered;
                await EndAsync(place, ended, ending);
            }
        }
#pragma warning disable CA1031 // Nobody waits for this task: what it met is said here, and the delivery is due again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context.Logger.AttemptBroken(place.Message, place.Key, exception);
        }

        Free(place);
        if (!_stopped)
        {
            await GoOnAsync(place.Key, taken);
        }

        place.Done.SetResult();
    }

    /// <summary>
    /// A failure closes the destination before it is recorded: whoever sees the receipt and has it sent anew is not held up by what is
    /// reported after. A success opens it after what waits there is due: before that, what waits for longest and is most severe may not be.
    /// </summary>
    private async Task EndAsync(InFlightAttempt place, EndedAttempt ended, CancellationToken ending)
    {
        using var span = ended.Span;
        Activity.Current = span ?? Activity.Current;
        var (destination, failed) = (place.Destination, !ended.Outcome.Delivered);
        if (failed && !ending.IsCancellationRequested)
        {
            destination.Report(place.Burst, ended.Outcome, ended.Time, ended.Jitter);
        }

        await attempts.RecordAsync(place.Key, place.Entry, place.Message, ended, !failed && destination.IsDown, ending);
        if (!failed)
        {
            destination.Report(place.Burst, ended.Outcome, ended.Time, ended.Jitter);
        }
    }

    /// <summary>The next of a destination that takes messages begins at once; all else is looked at anew.</summary>
    private async Task GoOnAsync(ChannelKey key, bool taken)
    {
        try
        {
            if (taken && context.Directory.Current.Find(key.Recipient) is { } entry && entry.Channel(key.Channel) is not null)
            {
                await BeginAsync(key, entry);
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
}

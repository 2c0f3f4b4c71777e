using System.Collections.Concurrent;
using System.Diagnostics;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Tracing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Health;
using EarlyWarning.Store.Outbox;
using EarlyWarning.Store.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Messaging.Outbox;

/// <summary>
/// Publishes what is owed under this process's app ids: events of one subject in order, those of different subjects beside each other. Of
/// the processes that run an app id one at a time does so, by a lease for each. What the broker does not take is tried again; what it
/// refuses as it is, is set aside; what a consumer has not confirmed in time is published again. A store that is quiet publishes nothing.
/// </summary>
internal sealed partial class OutboxDispatcher(
    IOutbox outbox,
    PublishingLeases leases,
    IServiceProvider services,
    OutboxOptions options,
    TimeProvider time,
    ILogger<OutboxDispatcher> logger,
    Heartbeats? heartbeats = null
) : BackgroundService
{
    private const int AtOnce = 32;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(AtOnce, AtOnce);
    private readonly Heartbeat? _heartbeat = heartbeats?.Begin("publishing");
    private long? _swept;

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                _heartbeat?.Beat();
                await RoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_underWay.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await leases.HoldAsync(cancellationToken) is { Count: > 0 } held)
            {
                await SweepAsync(held, cancellationToken);
                await DispatchAsync(held, cancellationToken);
            }

            await outbox.ChangedAsync(s_poll, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever one round meets, the next one is tried: nothing else publishes.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogOwedNotRead(exception.Message);
            await Task.Delay(s_poll, time, cancellationToken);
        }
    }

    private async Task SweepAsync(List<string> held, CancellationToken cancellationToken)
    {
        if (_swept is { } swept && time.GetElapsedTime(swept) < options.SweepInterval)
        {
            return;
        }

        _swept = time.GetTimestamp();
        var now = time.GetUtcNow();
        if (
            await outbox.SweepAsync(held, now - options.ConfirmWithin, now - options.KeepFinished, now, cancellationToken)
            is var again
                and > 0
        )
        {
            LogOwedAgain(again, options.ConfirmWithin);
        }
    }

    private async Task DispatchAsync(List<string> held, CancellationToken cancellationToken)
    {
        // Taken before the read: what is under way by then may be finished when its row, as it was, is looked at.
        var busy = _underWay.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var owed in await outbox.DueAsync(held, time.GetUtcNow(), AtOnce * 4, cancellationToken))
        {
            _heartbeat?.Beat();
            var lane = $"{owed.Event.App}/{owed.Event.Subject}";
            if (busy.Contains(lane))
            {
                continue;
            }

            if (!await _slots.WaitAsync(s_poll, cancellationToken))
            {
                return;
            }

            // Entered before it runs, so that its own end always finds it.
            TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _underWay[lane] = done.Task;
            _ = PublishAsync(lane, owed, done, cancellationToken);
        }
    }

    private async Task PublishAsync(string lane, OwedEvent owed, TaskCompletionSource done, CancellationToken stopping)
    {
        try
        {
            await PublishAsync(owed, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It stays owed, for the next start.
        }
#pragma warning disable CA1031 // Whatever happens to one event must not hold up the others; it stays owed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotMarked(owed.Event.Id, exception);
        }
        finally
        {
            _underWay.TryRemove(lane, out _);
            _slots.Release();
            done.SetResult();

            // The next of the subject may wait for this one.
            outbox.Wake();
        }
    }

    private async Task PublishAsync(OwedEvent owed, CancellationToken stopping)
    {
        using var span = Publishing(owed);
        try
        {
            await services.GetRequiredKeyedService<IEventPublisher>(owed.Event.App).PublishAsync(owed.Event, stopping);
        }
        catch (PublishFailedException exception) when (exception.Poisoned)
        {
            span.Fail(exception.Message);
            LogSetAside(owed.Event.Id, exception.Message);
            await outbox.SetAsideAsync(owed.Event.Id, exception.Message, stopping);
            return;
        }
#pragma warning disable CA1031 // Whatever a publisher throws, the event stays owed, and why is on record.
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
#pragma warning disable CA5394 // It spreads attempts; nobody gains by guessing it.
            var wait = PublishBackOff.After(owed.Attempts + 1, Random.Shared.NextDouble());
#pragma warning restore CA5394
            span.Fail(exception.Message);
            LogNotPublished(owed.Event.Id, owed.Event.Topic, exception.Message);
            await outbox.FailedAsync(owed.Event.Id, time.GetUtcNow() + wait, exception.Message, stopping);
            return;
        }

        CrashPoint.Reach(CrashPoint.AfterPublish);
        await outbox.PublishedAsync(owed.Event.Id, time.GetUtcNow(), stopping);
    }

    private static Activity? Publishing(OwedEvent owed) =>
        MessagingSpans
            .Source.StartChild($"publish {owed.Event.Topic}", ActivityKind.Producer, owed.Event.Trace)
            .Describe("publish", "send", owed.Event.Topic, owed.Event.Id, owed.Event.Subject);
}

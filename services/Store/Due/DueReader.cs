using System.Collections.Concurrent;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Due;

/// <summary>A queue of due times.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WakeAsync">Wakes one due member.</param>
internal sealed record DueQueue(string Name, Func<DueTime, CancellationToken, Task> WakeAsync);

/// <summary>
/// Wakes what is due in one queue, at the start and every second, earliest first, while it holds the queue's lease. A member that fails or
/// hangs holds up no other; it is woken again until its owner sets or removes it. While no time is certain nobody is woken; when it is
/// certain anew, every member is, once, to compute its due time again.
/// </summary>
internal sealed partial class DueReader(
    DueQueue queue,
    IDueTimes dueTimes,
    TimeProvider time,
    ILogger<DueReader> logger,
    IStoreHealth? health = null,
    SuiteClock? clock = null,
    Heartbeats? heartbeats = null
) : BackgroundService
{
    private const int AtOnce = 32;
    private const int Limit = 10_000;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _holder = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, Task> _awake = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(AtOnce, AtOnce);
    private readonly Heartbeat? _heartbeat = heartbeats?.Begin($"due times of {queue.Name}");
    private int _changes = clock?.Changes ?? 0;

    /// <summary>Wakes what is due now, if this reader holds the lease. Returns when all of it is being woken.</summary>
    public async Task ScanAsync(CancellationToken cancellationToken)
    {
        if (
            clock?.Read().Doubt is { DecisionsWait: true }
            || health is { Quiet.Length: > 0 } or { Status.Available: false }
            || !await dueTimes.LeaseAsync(queue.Name, _holder, s_lease, cancellationToken)
        )
        {
            return;
        }

        var changes = clock?.Changes ?? 0;
        var (anew, missed) = (changes != _changes, false);
        foreach (
            var due in await dueTimes.DueAsync(queue.Name, anew ? DateTimeOffset.MaxValue : time.GetUtcNow(), Limit, cancellationToken)
        )
        {
            _heartbeat?.Beat();
            if (_awake.ContainsKey(due.Member))
            {
                // It may have begun before the time became certain.
                missed = true;
                continue;
            }

            // When every slot hangs, the lease must not be lost in silence: come back and renew it.
            if (!await _slots.WaitAsync(s_every, cancellationToken))
            {
                return;
            }

            // Entered before it runs, so that its own end always finds it.
            TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _awake[due.Member] = done.Task;
            _ = WakeAsync(due, done, cancellationToken);
        }

        _changes = missed ? _changes : changes;
    }

    /// <summary>Waits for all wakes under way.</summary>
    public Task SettledAsync() => Task.WhenAll(_awake.Values);

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        try
        {
            do
            {
                _heartbeat?.Beat();
                try
                {
                    await ScanAsync(stoppingToken);
                }
#pragma warning disable CA1031 // Whatever one round meets, the next one is tried: nothing else wakes what is due.
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogDueNotRead(logger, queue.Name, exception.Message);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await SettledAsync();
        }
    }

    private async Task WakeAsync(DueTime due, TaskCompletionSource done, CancellationToken stopping)
    {
        using CancellationTokenSource patience = new(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            await queue.WakeAsync(due, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It stays due, for the next start.
        }
#pragma warning disable CA1031 // Whatever one member does must not keep the others asleep.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotWoken(logger, queue.Name, due.Member, due.Due, exception);
        }
        finally
        {
            _awake.TryRemove(due.Member, out _);
            _slots.Release();
            done.SetResult();
        }
    }
}

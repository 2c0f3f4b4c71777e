using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Scoring.Operations;

/// <summary>
/// Runs what waits, the first started first, so many at once in each process. What ran in a process that has ended begins anew, in
/// whichever comes first; what a process was ended under as often as may be is given up. A result becomes durable with the end of its
/// operation, or neither does.
/// </summary>
internal sealed class OperationRunner(
    OperationClaims claims,
    OperationComputation computation,
    IStoreHealth health,
    OperationOptions options,
    TimeProvider time,
    ILogger<OperationRunner> logger,
    Readiness? readiness = null
) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>How often is looked at what other processes have started, cancelled or left.</summary>
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using SemaphoreSlim slots = new(options.AtOnce, options.AtOnce);
        List<Task> running = [];
        try
        {
            await PersistAsync(claims.RecoverOwnAsync, stoppingToken);

            // Until then the catalogue may not be there, and what names a framework of it would fail.
            await (readiness?.ReadyAsync(stoppingToken) ?? Task.CompletedTask);
            while (true)
            {
                await slots.WaitAsync(stoppingToken);
                var started = claims.WhenStarted();
                running.RemoveAll(task => task.IsCompleted);
                if (await PersistAsync(_ => claims.TakeAsync(stoppingToken), stoppingToken) is { } taken)
                {
                    running.Add(RunAsync(taken, slots, stoppingToken));
                    continue;
                }

                slots.Release();
                await started.WaitAsync(s_poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }

        await Task.WhenAll(running);
    }

    private async Task RunAsync(ClaimedOperation taken, SemaphoreSlim slots, CancellationToken stopping)
    {
        try
        {
            var computing = Task.Run(() => computation.RunAsync(taken), taken.Running.Ending);
            await WatchAsync(taken, computing);
            var end = await computing;
            await PersistAsync(token => claims.EndAsync(end(), token), stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            await claims.PutBackAsync(taken.Name);
        }
        catch (Exception) when (taken.Running.Ending.IsCancellationRequested)
        {
            // Its row says already that it was cancelled, or is gone.
        }
        finally
        {
            claims.Leave(taken);
            slots.Release();
        }
    }

    /// <summary>Stops one that was cancelled, or taken over, by another process.</summary>
    private async Task WatchAsync(ClaimedOperation taken, Task computing)
    {
        while (await Task.WhenAny(computing, Task.Delay(s_poll, time)) != computing)
        {
            try
            {
                if (!await claims.HoldsAsync(taken))
                {
                    taken.Running.Cancel();
                    return;
                }
            }
            catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
            {
                // It is looked at again, or has ended.
            }
        }
    }

    /// <summary>Does something with the store, for as long as it does not answer again and again.</summary>
    private async Task<T> PersistAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        for (var told = false; ; )
        {
            var reason = health.Quiet;
            try
            {
                if (reason.Length == 0)
                {
                    return await act(cancellationToken);
                }
            }
#pragma warning disable CA1031 // Nothing else runs what waits, so whatever one round meets, the next one is tried.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                reason = exception.Message;
            }

            if (!told)
            {
                logger.Waits(reason);
                told = true;
            }

            await Task.Delay(s_pause, time, cancellationToken);
        }
    }
}

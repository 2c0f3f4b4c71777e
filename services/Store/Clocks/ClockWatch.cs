using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Clocks;

/// <summary>
/// Compares the clocks before anything is served and each second from then on, so that a jump is reported though nobody asks for the time;
/// every ten seconds it asks the store's, and keeps there what time it is.
/// </summary>
internal sealed class ClockWatch(SuiteClock clock, SuiteStore store, ILogger<ClockWatch> logger)
    : BackgroundService,
        IHostedLifecycleService
{
    private const int StoreEvery = 10;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private int _changes = clock.Changes;

    /// <summary>Compares the wall clock with what the store knows, before anything is served.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await HearStoreAsync(cancellationToken);
        try
        {
            var (last, run) = await store.LastInUseAsync(cancellationToken);
            clock.Know(last, run);
        }
        catch (StoreUnavailableException exception)
        {
            logger.StoreNotHeard(exception.Message);
        }

        await KeepAsync(cancellationToken);
        Report();
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keeps what time it is once more, unless the store does not answer: the stop has no time to wait for it.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken) =>
        await KeepAsync(cancellationToken)
            .WaitAsync(s_every, clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, clock);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            clock.Read();
            if (round % StoreEvery == 0)
            {
                await HearStoreAsync(stoppingToken);
            }

            if (round % StoreEvery == 0 || clock.Changes != _changes)
            {
                await KeepAsync(stoppingToken);
            }

            Report();
        }
    }

    private async Task HearStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            var asked = clock.GetTimestamp();
            clock.HearStore(await store.ReadClockAsync(cancellationToken), asked, clock.GetTimestamp());
        }
        catch (StoreUnavailableException exception)
        {
            logger.StoreNotHeard(exception.Message);
        }
    }

    /// <summary>The next start compares its wall clock with what was certain here, and with nothing else.</summary>
    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (changes, run) = (clock.Changes, clock.Run());
            if (store.Quiet.Length == 0 && clock.Read() is { Doubt: null, Now: var now })
            {
                await store.KeepInUseAsync(now, run, cancellationToken);
                _changes = changes;
            }
        }
        catch (StoreUnavailableException)
        {
            // It is kept again in a moment; the store's own watch says why it was not.
        }
    }

    private void Report()
    {
        while (clock.TryTake(out var happened))
        {
            if (happened.Begins)
            {
                logger.Doubted(happened.Text);
            }
            else
            {
                logger.Noted(happened.Text);
            }
        }
    }
}

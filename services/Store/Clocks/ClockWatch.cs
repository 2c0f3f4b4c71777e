using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Clocks;

/// <summary>
/// Compares the clocks before anything is served and each second from then on, so that a jump is reported though nobody asks for the time;
/// every ten seconds it asks the store's.
/// </summary>
internal sealed class ClockWatch(SuiteClock clock, SuiteStore store, ILogger<ClockWatch> logger)
    : BackgroundService,
        IHostedLifecycleService
{
    private const int StoreEvery = 10;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    /// <summary>Compares the wall clock with what the store knows, before anything is served.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await HearStoreAsync(cancellationToken);
        try
        {
            clock.Know(await store.LastInUseAsync(cancellationToken));
        }
        catch (StoreUnavailableException exception)
        {
            logger.StoreNotHeard(exception.Message);
        }

        Report();
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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

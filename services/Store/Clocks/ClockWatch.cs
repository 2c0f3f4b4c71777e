using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Clocks;

/// <summary>
/// Compares the clocks before anything is served and each second from then on, so that a jump is reported though nobody asks for the time;
/// every ten
/// seconds it asks the store's. The meter is <c>EarlyWarning.Clock</c>.
/// </summary>
internal sealed class ClockWatch : BackgroundService, IHostedLifecycleService
{
    private const int StoreEvery = 10;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private readonly SuiteClock _clock;
    private readonly SuiteStore _store;
    private readonly ILogger<ClockWatch> _logger;
    private readonly Meter _meter;

    public ClockWatch(SuiteClock clock, SuiteStore store, IMeterFactory meters, ILogger<ClockWatch> logger)
    {
        (_clock, _store, _logger, _meter) = (clock, store, logger, meters.Create("EarlyWarning.Clock"));
        _meter.CreateObservableGauge(
            "earlywarning.clock.lead",
            () => _clock.Status().Lead.TotalSeconds,
            "s",
            "The wall clock's lead over the suite's time; 0 while the clocks agree.");
        _meter.CreateObservableGauge(
            "earlywarning.clock.store_lead",
            () => _clock.Status().StoreLead is { } lead ? [new Measurement<double>(lead.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "The store's clock's lead over the wall clock; nothing where the store has none.");
        _meter.CreateObservableGauge(
            "earlywarning.clock.doubted",
            () => _clock.Status().Doubt is null ? 0 : 1,
            null,
            "1 while the clocks disagree and intake takes nothing.");
    }

    /// <summary>Compares the wall clock with what the store knows, before anything is served.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await HearStoreAsync(cancellationToken);
        try
        {
            _clock.Know(await _store.LastInUseAsync(cancellationToken));
        }
        catch (StoreUnavailableException exception)
        {
            _logger.StoreNotHeard(exception.Message);
        }

        Report();
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, _clock);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            _clock.Look();
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
            var asked = _clock.GetTimestamp();
            _clock.HearStore(await _store.ReadClockAsync(cancellationToken), asked, _clock.GetTimestamp());
        }
        catch (StoreUnavailableException exception)
        {
            _logger.StoreNotHeard(exception.Message);
        }
    }

    private void Report()
    {
        while (_clock.TryTake(out var happened))
        {
            if (happened.Begins)
            {
                _logger.Doubted(happened.Text);
            }
            else
            {
                _logger.Noted(happened.Text);
            }
        }
    }
}

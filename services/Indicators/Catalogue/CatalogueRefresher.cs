using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Catalogue;

/// <summary>Keeps this silo's catalogue within a second of the writer's.</summary>
internal sealed class CatalogueRefresher(SiloCatalogue catalogue, TimeProvider time, ILogger<CatalogueRefresher> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        using var timer = new PeriodicTimer(s_every, time);
        try
        {
            do
            {
                try
                {
                    if (await catalogue.RefreshAsync(stoppingToken))
                    {
                        logger.Refreshed(catalogue.Current.Revision);
                    }

                    failing = false;
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    // Told once: the same every second would bury what else there is to read.
                    if (!failing)
                    {
                        logger.NotRefreshed(catalogue.Current.Revision, exception);
                    }

                    failing = true;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Catalogue.Copies;

/// <summary>Keeps this process's catalogue as new as the writer's: it is told of a change as soon as that is durable.</summary>
internal sealed class CatalogueFollower(SiloCatalogue catalogue, TimeProvider time, ILogger<CatalogueFollower> logger)
    : BackgroundService,
        IHealthCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    // Short at first, because the first attempt often comes just before the silo is up, and readiness waits for it.
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(200);

    private volatile string _fault = "It was not asked yet.";
    private volatile bool _known;

    /// <summary>
    /// Whether the catalogue is known here. One that the writer does not answer for any longer goes on being of use as it was.
    /// </summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            _known
                ? HealthCheckResult.Healthy($"The catalogue is at revision {catalogue.Current.Revision}.")
                : HealthCheckResult.Unhealthy($"The catalogue's writer, in a process that runs indicators, has not answered: {_fault}")
        );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What there is already, first: it is not worth a wait.
                if (await catalogue.FollowAsync(_known ? s_patience : TimeSpan.Zero, stoppingToken))
                {
                    logger.Followed(catalogue.Current.Revision);
                }

                (failing, _known) = (false, true);
            }
#pragma warning disable CA1031 // Whatever a look meets, the next one is made.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }

                // Told once: the same every second would bury what else there is to read.
                if (!failing)
                {
                    logger.CatalogueNotFollowed(catalogue.Current.Revision, exception);
                }

                (failing, _fault) = (true, exception.Message);
                await Task.Delay(_known ? s_patience : s_again, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

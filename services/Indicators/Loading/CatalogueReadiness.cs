using EarlyWarning.Indicators.Catalogue;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.Indicators.Loading;

/// <summary>Whether the catalogue is here and the framework files were brought into it, so that no early observation meets an empty one.</summary>
internal sealed class CatalogueReadiness(SiloCatalogue catalogue, FrameworkLoader loader) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(loader.Done
        ? HealthCheckResult.Healthy($"The catalogue is at revision {catalogue.Current.Revision}.")
        : HealthCheckResult.Unhealthy("The framework files are still being loaded."));
}

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.Indicators.Loading;

/// <summary>Whether the framework files were brought into the catalogue, so that no early observation meets an empty one.</summary>
internal sealed class FilesReadiness(FrameworkLoader loader) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            loader.Done
                ? HealthCheckResult.Healthy("The framework files are in the catalogue.")
                : HealthCheckResult.Unhealthy("The framework files are still being loaded.")
        );
}

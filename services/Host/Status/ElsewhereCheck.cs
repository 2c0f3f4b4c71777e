using EarlyWarning.Host.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.Host.Status;

/// <summary>Whether a process of the suite lives that runs a service which this one does not.</summary>
internal sealed class ElsewhereCheck(LiveProcesses processes, string service) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        (await processes.ListAsync(cancellationToken)).Any(process => process.Services.Contains(service))
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"No process of the suite runs {service}.");
}

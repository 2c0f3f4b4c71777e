using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.ServiceDefaults.Hosting;

/// <summary>
/// Whether the suite is ready, for what can wait until it is: a start has its processors for itself, and what nobody has asked for yet comes after it.
/// Thread-safe.
/// </summary>
public sealed class Readiness(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(25);

    /// <summary>A suite that does not become ready has the more reason to show what it knows.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Completes when <c>/readyz</c> says ready: until then the catalogue may not be loaded, nor the subscriptions found.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        while (!await IsReadyAsync(cancellationToken))
        {
            await Task.Delay(s_look, time, cancellationToken);
        }
    }

    /// <summary>Completes when the suite is ready, or takes long to be.</summary>
    public async Task AfterStartAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await ReadyAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Long enough.
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
        => (await checks.CheckHealthAsync(check => check.Tags.Contains(ServiceDefaultsExtensions.ReadyTag), cancellationToken)).Status
            != HealthStatus.Unhealthy;
}

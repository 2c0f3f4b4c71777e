using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.ServiceDefaults.Hosting;

/// <summary>
/// Whether the suite is ready, for what can wait until it is: a start has its processors for itself, and what nobody has asked for yet
/// comes after it. All who wait share one series of looks, because each look calls every sidecar. Thread-safe.
/// </summary>
public sealed class Readiness(HealthCheckService checks, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(25);

    /// <summary>A suite that does not become ready has the more reason to show what it knows.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Lazy<Task> _ready = new(() => PollAsync(checks, time, lifetime.ApplicationStopping));

    /// <summary>
    /// Completes when <c>/readyz</c> says ready: until then the catalogue may not be loaded, nor the subscriptions found.
    /// </summary>
    public Task ReadyAsync(CancellationToken cancellationToken) => _ready.Value.WaitAsync(cancellationToken);

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

    private static async Task PollAsync(HealthCheckService checks, TimeProvider time, CancellationToken stopping)
    {
        while ((await checks.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Ready), stopping)).Status == HealthStatus.Unhealthy)
        {
            await Task.Delay(s_poll, time, stopping);
        }
    }
}

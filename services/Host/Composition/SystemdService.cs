using System.Globalization;
using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Systemd;

namespace EarlyWarning.Host.Composition;

/// <summary>
/// Tells systemd, where it started the suite as a service of the type notify, that calls can be served, that it stops, and, where the unit
/// has a watchdog, that a restart would not help: by the checks of <c>/healthz</c>. Elsewhere it tells nothing.
/// </summary>
/// <param name="health">The checks.</param>
/// <param name="time">Paces the watchdog.</param>
internal sealed class SystemdService(HealthCheckService health, TimeProvider time)
{
    private readonly SystemdNotifier _systemd = new();

    /// <summary>Tells that the suite is ready, and goes on until it stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (!_systemd.IsEnabled)
        {
            return;
        }

        _systemd.Notify(ServiceState.Ready);
        try
        {
            await WatchAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told below.
        }

        _systemd.Notify(ServiceState.Stopping);
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        if (
            !long.TryParse(
                Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var limit
            )
            || limit == 0
        )
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
        }

        using PeriodicTimer timer = new(TimeSpan.FromMicroseconds(limit) / 3, time);
        do
        {
            if ((await health.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Live), stopping)).Status != HealthStatus.Unhealthy)
            {
                _systemd.Notify(new ServiceState("WATCHDOG=1"));
            }
        } while (await timer.WaitForNextTickAsync(stopping));
    }
}

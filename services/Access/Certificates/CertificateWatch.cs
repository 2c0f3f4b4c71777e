using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Access.Certificates;

/// <summary>Looks every second whether callers' certificates still hold.</summary>
internal sealed class CertificateWatch(CallerCertificates certificates, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                certificates.Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }
}

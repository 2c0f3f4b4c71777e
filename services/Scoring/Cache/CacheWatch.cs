using EarlyWarning.Store.Cache;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Scoring.Cache;

/// <summary>Looks at the cache every ten seconds, so that the metrics tell its size.</summary>
internal sealed class CacheWatch(CacheConnection connection, ScoringMetrics metrics, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        try
        {
            do
            {
                metrics.Size = await connection.MeasureAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}

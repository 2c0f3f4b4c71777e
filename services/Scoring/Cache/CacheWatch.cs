using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Scoring.Cache;

/// <summary>
/// Looks at Redis every ten seconds, so that the metrics tell its size and that it is there again, and no call has to find out.
/// </summary>
internal sealed class CacheWatch(CacheLevels levels, CacheMetrics metrics, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.ProcessSize = () => levels.Size;
        if (levels.Redis is not { } redis)
        {
            return;
        }

        using var timer = new PeriodicTimer(s_every, time);
        try
        {
            do
            {
                metrics.RedisSize = await redis.MeasureAsync();
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }
}

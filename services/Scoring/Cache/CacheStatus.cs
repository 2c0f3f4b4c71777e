using System.Globalization;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Scoring.Cache;

/// <summary>The line of the cache: what each level holds, whether Redis answers, and how often it was of use.</summary>
internal sealed class CacheStatus(CacheLevels levels, CacheMetrics metrics) : IStatusSource
{
    public string Name => "cache";

    public V1.Heading Heading => V1.Heading.Path;

    public bool IsOfProcess => true;

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken) => new(await LineAsync());

    private async Task<V1.StatusLine> LineAsync()
    {
        var here = $"{Held(levels.Size)} in this process";
        if (levels.Redis is not { } redis)
        {
            return new()
            {
                Subject = "cache",
                Health = V1.Health.Ok,
                Text = $"Holds {here}{Use(null)}.",
            };
        }

        var size = await redis.MeasureAsync();
        metrics.RedisSize = size;
        return redis.Fault is { Length: > 0 } fault
            ? new()
            {
                Subject = "cache",
                Health = V1.Health.Attention,
                Text = $"Its Redis is not used: {fault} Holds {here}{Use(metrics.RedisRatio)}.",
                Action = "Bring the cache's Redis back. Nothing is lost: it costs only speed.",
            }
            : new()
            {
                Subject = "cache",
                Health = V1.Health.Ok,
                Text = $"Holds {here}; its Redis {Held(size)}{Use(metrics.RedisRatio)}.",
            };
    }

    private static string Held(CacheSize? size) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(size?.Entries is { } entries ? $"{entries}" : "an unknown number of")} "
                + $"entries{(size?.Bytes is { } bytes ? $" in {bytes / 1e6:0.0} MB" : "")}"
        );

    private string Use(double? redis) =>
        metrics.HitRatio is not { } all
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"; {all * 100:0} % of the results asked for were there{(redis is { } share ? $", {share * 100:0} % in Redis" : "")}"
            );
}

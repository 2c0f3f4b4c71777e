using System.Globalization;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Cache;

namespace EarlyWarning.Scoring.Cache;

/// <summary>The line of the cache: whether it answers, what it holds, and how often it was of use.</summary>
internal sealed class CacheStatus(CacheConnection connection, ScoringMetrics metrics) : IStatusSource
{
    public async Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken)
    {
        if (await connection.MeasureAsync() is not { } size)
        {
            return
            [
                new()
                {
                    Subject = "cache",
                    Health = V1.Health.Attention,
                    Text = $"Not used: {connection.Fault} Results are computed each time.",
                    Action = "Bring the cache back. Nothing is lost: it costs only speed.",
                },
            ];
        }

        metrics.Size = size;
        return [new() { Subject = "cache", Health = V1.Health.Ok, Text = Text(size, metrics.HitRatio) }];
    }

    private static string Text(CacheSize size, double? ratio) => string.Create(
        CultureInfo.InvariantCulture,
        $"Holds {size.Entries} entries in {size.Bytes / 1e6:0.0} MB{(ratio is { } share ? $"; {share * 100:0} % of the results asked for were there" : "")}.");
}

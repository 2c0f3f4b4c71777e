using System.Threading.RateLimiting;

namespace EarlyWarning.Access.Rates;

/// <summary>So much in a time, twice as much at once. Thread-safe; takes without allocating.</summary>
internal sealed class Bucket : IDisposable
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);
    private readonly TokenBucketRateLimiter _limiter;
    private readonly int _most;

    /// <param name="count">How much.</param>
    /// <param name="time">In how long.</param>
    public Bucket(int count, TimeSpan time)
    {
        _most = (int)Math.Min(2L * count, int.MaxValue);

        // Filled by whoever takes, so no timer runs for a caller who has gone.
        var each = time / count;
        var period = each > s_shortest ? each : s_shortest;
        _limiter = new(
            new()
            {
                TokenLimit = _most,
                TokensPerPeriod = (int)Math.Max(1, period / each),
                ReplenishmentPeriod = period,
                AutoReplenishment = false,
                QueueLimit = 0,
            }
        );
    }

    /// <summary>
    /// Takes so much; says after which time it is worth to try again where it may not be taken now. More than fits is taken as what fits.
    /// </summary>
    public TimeSpan? Take(int count)
    {
        _limiter.TryReplenish();
        using var lease = _limiter.AttemptAcquire(Math.Min(count, _most));
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > s_shortest ? after
            : s_shortest;
    }

    public void Dispose() => _limiter.Dispose();
}

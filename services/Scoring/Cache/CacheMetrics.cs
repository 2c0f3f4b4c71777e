using System.Diagnostics.Metrics;

namespace EarlyWarning.Scoring.Cache;

/// <summary>What is measured of results and the cache that keeps them, under the meter <c>EarlyWarning.Scoring</c>.</summary>
internal sealed class CacheMetrics : IDisposable
{
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _shared;
    private readonly Counter<double> _saved;
    private readonly Histogram<double> _computed;
    private readonly long[] _hitCounts = new long[2];
    private long _missCount;

    public CacheMetrics(IMeterFactory meters)
    {
        Meter = meters.Create("EarlyWarning.Scoring");
        _hits = Meter.CreateCounter<long>(
            "earlywarning.scoring.cache.hits",
            "{result}",
            "Results that were answered from the cache, by kind and level."
        );
        _misses = Meter.CreateCounter<long>(
            "earlywarning.scoring.cache.misses",
            "{result}",
            "Results that were not in the cache, by kind."
        );
        _shared = Meter.CreateCounter<long>(
            "earlywarning.scoring.cache.shared",
            "{result}",
            "Calls that waited for the same computation of another call, by kind."
        );
        _saved = Meter.CreateCounter<double>("earlywarning.scoring.cache.time_saved", "s", "Computing time that the cache has saved.");
        _computed = Meter.CreateHistogram<double>(
            "earlywarning.scoring.computation",
            "s",
            "Time from the start of a computation to its result, by kind."
        );

        // What is not known is not told: a zero would be a number.
        Meter.CreateObservableGauge(
            "earlywarning.scoring.cache.hit_ratio",
            () => Known(HitRatio),
            "1",
            "Hits among all look-ups since the start."
        );
        Meter.CreateObservableGauge(
            "earlywarning.scoring.cache.entries",
            () => ByLevel(size => size.Entries),
            "{entry}",
            "Entries of the cache, by level."
        );
        Meter.CreateObservableGauge(
            "earlywarning.scoring.cache.size",
            () => ByLevel(size => size.Bytes),
            "By",
            "Memory that the cache takes, by level."
        );
    }

    /// <summary>Tells what the cache in this process holds; <see langword="null"/> before there is one.</summary>
    public Func<CacheSize>? ProcessSize { get; set; }

    /// <summary>
    /// What the cache's Redis held when it was last looked at; <see langword="null"/> while it does not answer, or where there is none.
    /// </summary>
    public CacheSize? RedisSize { get; set; }

    /// <summary>The meter.</summary>
    public Meter Meter { get; }

    public long Hits => Volatile.Read(ref _hitCounts[(int)CacheLevel.Process]) + RedisHits;

    /// <summary>The share of look-ups that were answered from the cache; <see langword="null"/> before the first.</summary>
    public double? HitRatio => Share(Hits);

    /// <summary>The share of look-ups that Redis answered; <see langword="null"/> before the first look-up.</summary>
    public double? RedisRatio => Share(RedisHits);

    private long RedisHits => Volatile.Read(ref _hitCounts[(int)CacheLevel.Redis]);

    public void Hit(string kind, CacheLevel level, TimeSpan cost)
    {
        Interlocked.Increment(ref _hitCounts[(int)level]);
        _hits.Add(1, Kind(kind), Level(level));
        _saved.Add(cost.TotalSeconds);
    }

    public void Miss(string kind)
    {
        Interlocked.Increment(ref _missCount);
        _misses.Add(1, Kind(kind));
    }

    public void Shared(string kind) => _shared.Add(1, Kind(kind));

    public void Computed(string kind, TimeSpan cost) => _computed.Record(cost.TotalSeconds, Kind(kind));

    public void Dispose() => Meter.Dispose();

    private static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);

    private static KeyValuePair<string, object?> Level(CacheLevel level) => new("level", level is CacheLevel.Process ? "process" : "redis");

    private static Measurement<double>[] Known(double? value) => value is { } known ? [new(known)] : [];

    private double? Share(long hits) => Hits + Volatile.Read(ref _missCount) is > 0 and var all ? (double)hits / all : null;

    private IEnumerable<Measurement<long>> ByLevel(Func<CacheSize, long?> part)
    {
        foreach (var (level, size) in new[] { (CacheLevel.Process, ProcessSize?.Invoke()), (CacheLevel.Redis, RedisSize) })
        {
            if (size is { } known && part(known) is { } value)
            {
                yield return new(value, Level(level));
            }
        }
    }
}

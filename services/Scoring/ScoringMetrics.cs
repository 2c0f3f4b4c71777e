using System.Diagnostics.Metrics;
using EarlyWarning.Store.Cache;

namespace EarlyWarning.Scoring;

/// <summary>What the service measures, under the meter <c>EarlyWarning.Scoring</c>.</summary>
internal sealed class ScoringMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _shared;
    private readonly Counter<double> _saved;
    private readonly Histogram<double> _computed;
    private long _hitCount;
    private long _missCount;
    private long _waiting;

    public ScoringMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("EarlyWarning.Scoring");
        _hits = _meter.CreateCounter<long>("earlywarning.scoring.cache.hits", "{result}", "Results that were answered from the cache, by kind.");
        _misses = _meter.CreateCounter<long>("earlywarning.scoring.cache.misses", "{result}", "Results that were not in the cache, by kind.");
        _shared = _meter.CreateCounter<long>("earlywarning.scoring.cache.shared", "{result}", "Calls that waited for the same computation of another call, by kind.");
        _saved = _meter.CreateCounter<double>("earlywarning.scoring.cache.time_saved", "s", "Computing time that the cache has saved.");
        _computed = _meter.CreateHistogram<double>("earlywarning.scoring.computation", "s", "Time from the start of a computation to its result, by kind.");
        _meter.CreateObservableGauge("earlywarning.scoring.cache.hit_ratio", () => HitRatio ?? 0, "1", "Hits among all look-ups since the start.");
        _meter.CreateObservableGauge("earlywarning.scoring.cache.entries", () => Size?.Entries ?? 0, "{entry}", "Entries of the cache.");
        _meter.CreateObservableGauge("earlywarning.scoring.cache.size", () => Size?.Bytes ?? 0, "By", "Memory that the cache takes.");
        _meter.CreateObservableUpDownCounter("earlywarning.scoring.waiting", () => Volatile.Read(ref _waiting), "{computation}", "Computations that wait for a processor.");
    }

    /// <summary>What the cache held when it was last looked at; <see langword="null"/> while it does not answer.</summary>
    public CacheSize? Size { get; set; }

    public long Hits => Volatile.Read(ref _hitCount);

    /// <summary>The share of look-ups that were answered from the cache; <see langword="null"/> before the first.</summary>
    public double? HitRatio => Hits + Volatile.Read(ref _missCount) is > 0 and var all ? (double)Hits / all : null;

    public void Hit(string kind, TimeSpan cost)
    {
        Interlocked.Increment(ref _hitCount);
        _hits.Add(1, Kind(kind));
        _saved.Add(cost.TotalSeconds);
    }

    public void Miss(string kind)
    {
        Interlocked.Increment(ref _missCount);
        _misses.Add(1, Kind(kind));
    }

    public void Shared(string kind) => _shared.Add(1, Kind(kind));

    public void Computed(string kind, TimeSpan cost) => _computed.Record(cost.TotalSeconds, Kind(kind));

    public void Waits(int change) => Interlocked.Add(ref _waiting, change);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);
}

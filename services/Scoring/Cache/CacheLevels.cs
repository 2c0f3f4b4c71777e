using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Scoring.Cache;

/// <summary>
/// The levels of the cache: this process's memory and, where there is one, a Redis behind it. It may lose everything at any time and costs
/// only speed. Thread-safe.
/// </summary>
internal sealed class CacheLevels : IAsyncDisposable
{
    /// <summary>What an entry takes besides its bytes: two keys, the entry, its places in tables. Measured at some 500.</summary>
    internal const int EntryBytes = 512;

    private const int FrameBytes = 1024;
    private const double ShareToForget = 0.25;
    private static readonly HybridCacheEntryOptions s_process = new()
    {
        Flags = HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableDistributedCache,
    };

    private static readonly HybridCacheEntryOptions s_redis = new()
    {
        Flags = HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableLocalCacheRead,
    };

    private readonly CacheOptions _options;
    private readonly MemoryCache _memory;
    private readonly ServiceProvider _services;
    private readonly HybridCache _hybrid;

    public CacheLevels(CacheOptions options, Suite suite, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _memory = new(
            new MemoryCacheOptions
            {
                SizeLimit = options.MemoryBytes,
                CompactionPercentage = ShareToForget,
                TrackStatistics = true,
            },
            loggers
        );

        // A container of its own: the limit is the results' own, and what else in the process uses a memory cache or a distributed one is
        // not theirs.
        var services = new ServiceCollection().AddSingleton(time).AddSingleton(loggers).AddSingleton<IMemoryCache>(_memory);
        if (options.ConnectionString is { } connectionString)
        {
            Redis = new(
                connectionString,
                $"early-warning:{(suite.Exercise ? "exercise" : "suite")}:",
                options,
                time,
                loggers.CreateLogger<RedisLevel>()
            );
            services.AddSingleton<IDistributedCache>(Redis);
        }

        services
            .AddHybridCache(hybrid =>
            {
                hybrid.MaximumPayloadBytes = options.MaxResultBytes + FrameBytes;
                hybrid.DefaultEntryOptions = new() { Expiration = options.KeepResults, LocalCacheExpiration = options.KeepResults };
            })
            .AddSerializer<KeptResult, KeptResult.Serializer>();
        _services = services.BuildServiceProvider();
        _hybrid = _services.GetRequiredService<HybridCache>();
    }

    /// <summary>The level behind this process; <see langword="null"/> where there is none.</summary>
    public RedisLevel? Redis { get; }

    /// <summary>What this process holds.</summary>
    public CacheSize Size
    {
        get
        {
            var statistics = _memory.GetCurrentStatistics()!;
            return new(statistics.CurrentEntryCount, Used(statistics));
        }
    }

    /// <summary>Reads what is kept under a key; waits for Redis no longer than its timeout.</summary>
    /// <returns>Nothing where nothing is kept that can be had.</returns>
    public async ValueTask<KeptResult?> ReadAsync(string key, CacheLevel level)
    {
        if (level is CacheLevel.Process)
        {
            return await _hybrid.GetOrCreateAsync<KeptResult?>(key, Nothing, s_process);
        }

        if (Redis is not { IsAsked: true })
        {
            return null;
        }

        // What Redis has goes into this process too.
        MakeRoom();
        return await _hybrid.GetOrCreateAsync<KeptResult?>(key, Nothing, s_redis);
    }

    /// <summary>Keeps a result: in this process at once, in Redis meanwhile.</summary>
    public void Keep(string key, KeptResult result)
    {
        MakeRoom();
        _ = _hybrid.SetAsync(key, result).AsTask();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _memory.Dispose();
        if (Redis is not null)
        {
            await Redis.DisposeAsync();
        }
    }

    private static ValueTask<KeptResult?> Nothing(CancellationToken cancellationToken) => default;

    private static long Used(MemoryCacheStatistics statistics) =>
        (statistics.CurrentEstimatedSize ?? 0) + (statistics.CurrentEntryCount * EntryBytes);

    // A memory cache that is full refuses the newest entry and forgets old ones only after that, and perhaps too few of them.
    private void MakeRoom()
    {
        while (
            _memory.GetCurrentStatistics() is { CurrentEntryCount: > 0 and var entries } statistics
            && Used(statistics) + _options.MaxResultBytes + EntryBytes > _options.MemoryBytes
        )
        {
            // One more than the share, which is rounded down.
            _memory.Compact(Math.Min(1, ShareToForget + (1.0 / entries)));
        }
    }
}

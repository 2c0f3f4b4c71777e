using System.Diagnostics.Metrics;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>The cache of one process, with questions whose answer is as long as the test says.</summary>
internal sealed class Results : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private int _computed;

    public Results(CacheOptions? options = null, TimeProvider? time = null, bool exercise = false)
    {
        options ??= new();
        time ??= TimeProvider.System;
        Metrics = new(_services.GetRequiredService<IMeterFactory>());
        Levels = new(options, new Suite(exercise, ""), time, NullLoggerFactory.Instance);
        Cache = new(Levels, options, Metrics, time);
        Metrics.ProcessSize = () => Levels.Size;
    }

    public CacheMetrics Metrics { get; }

    public CacheLevels Levels { get; }

    public ResultCache Cache { get; }

    public RedisLevel Redis => Levels.Redis!;

    /// <summary>How many answers were computed.</summary>
    public int Computed => _computed;

    /// <summary>A cache that asks a Redis and is not patient with it.</summary>
    public static Results On(RedisServer redis, string more = "", bool exercise = false) => new(Impatient(redis, more), exercise: exercise);

    public static CacheOptions Impatient(RedisServer redis, string more = "") =>
        new()
        {
            ConnectionString = redis.ConnectionString + more,
            Timeout = TimeSpan.FromMilliseconds(500),
            Rest = TimeSpan.FromMilliseconds(100),
        };

    public async Task<bool> AskAsync(string content, int length = 10)
    {
        var (result, cached) = await Cache.GetAsync<V1.Computation>(
            new ContentKey("test").Add(content),
            (_, _, _) =>
            {
                Interlocked.Increment(ref _computed);
                return Task.FromResult(new V1.Computation { Key = new('x', length) });
            },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(length, result.Key.Length);
        return cached;
    }

    public async Task<V1.StatusLine> StatusAsync() =>
        Assert.Single((await new CacheStatus(Levels, Metrics).ReadAsync(TestContext.Current.CancellationToken)).Lines);

    public async ValueTask DisposeAsync()
    {
        await Levels.DisposeAsync();
        await _services.DisposeAsync();
    }
}

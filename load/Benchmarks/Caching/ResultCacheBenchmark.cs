using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using EarlyWarning.Benchmarks.Scoring;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Benchmarks.Caching;

/// <summary>
/// What a question costs whose result is in this process, or in a Redis on this machine, or is to be computed: 1,000 draws of 195 countries
/// with 150 indicators each, few for such a question, and their summary of some 30 KB.
/// </summary>
[MemoryDiagnoser]
public class ResultCacheBenchmark : IAsyncDisposable
{
    private const string Content = "the same question";
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly QuantifyUncertaintyResponse _result = Summary();
    private ScoringSubject _subject = null!;
    private ImmutableArray<CountryValues> _countries;
    private LocalRedis? _redis;
    private CacheMetrics _metrics = null!;
    private CacheLevels _levels = null!;
    private ResultCache _cache = null!;

    /// <summary>Makes the countries.</summary>
    [GlobalSetup(Target = nameof(Computed))]
    public void SetupComputation()
    {
        _subject = new ScoringSubject(geometric: false);
        _countries =
        [
            .. _subject.Values.Select(
                (values, country) =>
                    new CountryValues(
                        $"C{country}",
                        values
                            .Select((value, leaf) => (_subject.Framework.Leaves[leaf].Indicator, new Reading(value, 0.3)))
                            .ToImmutableDictionary(pair => pair.Indicator, pair => pair.Item2)
                    )
            ),
        ];
    }

    /// <summary>Keeps the result in this process.</summary>
    [GlobalSetup(Targets = [nameof(InProcess), nameof(InProcessTheCacheAlone)])]
    public Task SetupProcessAsync() => SetupAsync(new());

    /// <summary>Keeps the result in a Redis too; fails where redis-server is not installed.</summary>
    [GlobalSetup(Target = nameof(InRedisTheCacheAlone))]
    public async Task SetupRedisAsync()
    {
        _redis = LocalRedis.Start();
        await SetupAsync(new() { ConnectionString = $"127.0.0.1:{_redis.Port}", Timeout = TimeSpan.FromSeconds(5) });
        while (await _levels.ReadAsync(Key(), CacheLevel.Redis) is null)
        {
            await Task.Yield();
        }
    }

    /// <summary>Ends what was started.</summary>
    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        if (_levels is not null)
        {
            await _levels.DisposeAsync();
        }

        _metrics?.Dispose();
        _redis?.Dispose();
        await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The computation.</summary>
    /// <returns>The first country's mean.</returns>
    [Benchmark(Baseline = true)]
    public double Computed() =>
        MonteCarlo
            .Run(
                _subject.Framework,
                _countries,
                new()
                {
                    Draws = 1_000,
                    Seed = 1,
                    Threads = 1,
                }
            )
            .Countries[0]
            .Mean;

    /// <summary>The whole way of a call: key, flight, look-up, message.</summary>
    /// <returns>The result.</returns>
    [Benchmark]
    public async Task<QuantifyUncertaintyResponse> InProcess() => (await AskAsync()).Result;

    /// <summary>Look-up and message.</summary>
    /// <returns>The result.</returns>
    [Benchmark]
    public Task<QuantifyUncertaintyResponse> InProcessTheCacheAlone() => ReadAsync(CacheLevel.Process);

    /// <summary>Look-up and message, and the keeping in this process.</summary>
    /// <returns>The result.</returns>
    [Benchmark]
    public Task<QuantifyUncertaintyResponse> InRedisTheCacheAlone() => ReadAsync(CacheLevel.Redis);

    private static string Key() => ResultCache.KeyOf(Question().Finish());

    private static ContentKey Question() => new ContentKey("benchmark").Add(Content);

    private static QuantifyUncertaintyResponse Summary() =>
        new()
        {
            Scores =
            {
                Enumerable
                    .Range(0, 195)
                    .Select(country => new SimulatedScore
                    {
                        Country = $"C{country}",
                        Score = country,
                        Mean = country,
                        StandardDeviation = 1,
                        Interval = new()
                        {
                            Lower = country - 1,
                            Upper = country + 1,
                            Probability = 0.9,
                        },
                        Levels =
                        {
                            Enumerable
                                .Range(0, 5)
                                .Select(level => new LevelProbability
                                {
                                    Level = $"level {level}",
                                    Probability = 0.2,
                                    StandardError = 0.01,
                                }),
                        },
                    }),
            },
        };

    private async Task SetupAsync(CacheOptions options)
    {
        _metrics = new(_services.GetRequiredService<IMeterFactory>());
        _levels = new(options, new Suite(false, ""), TimeProvider.System, NullLoggerFactory.Instance);
        _cache = new(_levels, options, _metrics, TimeProvider.System);
        await AskAsync();
    }

    private Task<CachedResult<QuantifyUncertaintyResponse>> AskAsync() =>
        _cache.GetAsync(Question(), (_, _, _) => Task.FromResult(_result), CancellationToken.None);

    private async Task<QuantifyUncertaintyResponse> ReadAsync(CacheLevel level) =>
        (await _levels.ReadAsync(Key(), level))!.Read<QuantifyUncertaintyResponse>()!.Value.Result;
}

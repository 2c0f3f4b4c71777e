using EarlyWarning.Catalogue;
using EarlyWarning.Scoring.Api;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.Store;
using EarlyWarning.Store.Cache;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>The whole service on a world that the test writes, with an embedded cache of its own.</summary>
public sealed class ScoringHouse : IAsyncLifetime
{
    private readonly CacheConnection _cache = new(new() { MemoryMegabytes = 16, Timeout = TimeSpan.FromSeconds(5) }, NullLoggerFactory.Instance);
    private readonly ServiceProvider _services;

    public ScoringHouse() => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton(new Suite(true, ""))
        .AddSingleton<ICatalogue>(World)
        .AddSingleton<IGrainFactory>(new WorldGrains(World, Ranking))
        .AddSingleton<TimeProvider>(new StandingClock())
        .AddCache(_cache)
        .AddScoringCore(options => options.Processors = 2)
        .BuildServiceProvider();

    public World World { get; } = Samples.World();

    public RankingSignal Ranking { get; } = new();

    internal CacheConnection Cache => _cache;

    internal IServiceProvider Services => _services;

    internal ScoringApi Api => _services.GetRequiredService<ScoringApi>();

    public async ValueTask InitializeAsync() => await _cache.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _cache.DisposeAsync();
    }

    /// <summary>Dates stand still; timers run on.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Samples.Now;
    }
}

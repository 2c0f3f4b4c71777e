using EarlyWarning.Catalogue;
using EarlyWarning.Scoring.Api;
using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>The whole service on a world that the test writes.</summary>
public sealed class ScoringHouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ScoringHouse() =>
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(new Suite(true, ""))
            .AddSingleton<ICatalogue>(World)
            .AddSingleton<IGrainFactory>(new WorldGrains(World, Ranking))
            .AddSingleton<TimeProvider>(new StandingTime())
            .AddScoringCore(options => options.Processors = 2)
            .BuildServiceProvider();

    public World World { get; } = Samples.World();

    public RankingSignal Ranking { get; } = new();

    internal IServiceProvider Services => _services;

    internal ScoringApi Api => _services.GetRequiredService<ScoringApi>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

using EarlyWarning.Store.Connection;
using EarlyWarning.Store.DueTimes;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store;

/// <summary>Registers the store.</summary>
public static class StoreServices
{
    /// <summary>
    /// Adds the store by options. It is started before any hosted service and closed when the container is disposed, after all of them have
    /// stopped.
    /// </summary>
    public static IServiceCollection AddStore(this IServiceCollection services, StoreOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new StoreConnection(options, provider.GetRequiredService<ILoggerFactory>()));
        return services.AddParts();
    }

    /// <summary>Adds a store that is started already. Whoever started it disposes it, last of all.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, StoreConnection store)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(store);
        return services.AddParts();
    }

    private static IServiceCollection AddParts(this IServiceCollection services)
    {
        services.AddHostedService<StoreStarter>();
        services.AddSingleton<HealthProbe>();
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<HealthProbe>());
        services.AddHostedService(provider => provider.GetRequiredService<HealthProbe>());
        services.AddSingleton<SegmentMerger>();
        services.AddSingleton<IJournals, RedisJournals>();
        services.AddSingleton<IDueTimes, RedisDueTimes>();
        return services;
    }
}

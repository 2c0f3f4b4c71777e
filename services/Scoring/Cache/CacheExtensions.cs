using EarlyWarning.ServiceDefaults.Status;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Scoring.Cache;

/// <summary>Adds the cache of results.</summary>
internal static class CacheExtensions
{
    /// <summary>Adds the cache by options that have been checked.</summary>
    public static IServiceCollection AddResultCache(this IServiceCollection services, CacheOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<CacheLevels>();
        services.AddSingleton<ResultCache>();
        return services;
    }

    /// <summary>Adds what looks at the cache and tells of it.</summary>
    public static IServiceCollection AddResultCacheWatch(this IServiceCollection services)
    {
        services.AddHostedService<CacheWatch>();
        services.AddSingleton<IStatusSource, CacheStatus>();
        return services;
    }
}

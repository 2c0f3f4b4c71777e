using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Catalogue.Copies;

/// <summary>Adds a process's copy of the catalogue.</summary>
public static class CatalogueExtensions
{
    /// <summary>The name of the health check that the catalogue is known.</summary>
    public const string Check = "catalogue";

    /// <summary>
    /// Adds the copy, what keeps it as new as the writer's, and the check that it is known. Needs a <see cref="TimeProvider"/>.
    /// </summary>
    /// <param name="services">The process's services.</param>
    /// <param name="source">Where the writer is asked.</param>
    /// <param name="tags">The tags of the check.</param>
    public static IServiceCollection AddCatalogueCopy(
        this IServiceCollection services,
        Func<IServiceProvider, CatalogueSource> source,
        params IReadOnlyList<string> tags
    )
    {
        services.AddSingleton(provider => new SiloCatalogue(source(provider)));
        services.AddSingleton<ICatalogue>(provider => provider.GetRequiredService<SiloCatalogue>());
        services.AddSingleton<CatalogueFollower>();
        services.AddHostedService(provider => provider.GetRequiredService<CatalogueFollower>());
        services.AddHealthChecks().AddCheck<CatalogueFollower>(Check, tags: tags);
        return services;
    }
}

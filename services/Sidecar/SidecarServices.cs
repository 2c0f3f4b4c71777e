using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Sidecar.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Sidecar;

/// <summary>Registers the sidecar where it is a process of its own.</summary>
public static class SidecarServices
{
    /// <summary>The name of its readiness check.</summary>
    public const string Check = "sidecar";

    /// <summary>Registers the sidecar, which starts with the application. The store is registered beside it.</summary>
    public static IServiceCollection AddSidecar(this IServiceCollection services, SidecarOptions options)
    {
        services
            .AddSingleton(options)
            .AddSingleton<SidecarService>()
            .AddHostedService(provider => provider.GetRequiredService<SidecarService>());
        services.AddHealthChecks().AddCheck<SidecarService>(Check, tags: [HealthTags.Ready]);
        return services;
    }
}

using EarlyWarning.Indicators.Api;
using EarlyWarning.Indicators.Intake;
using EarlyWarning.Indicators.Intake.Clocks;
using EarlyWarning.Indicators.Intake.Sources;
using EarlyWarning.Indicators.Loading;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Migrations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EarlyWarning.Indicators;

/// <summary>Adds the Indicators service: the catalogue, the files that fill it, and the intake of observations.</summary>
public static class IndicatorsExtensions
{
    /// <summary>The service's tables.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.Of("indicators", typeof(IndicatorsExtensions).Assembly);

    /// <summary>The name of the health check that the framework files were loaded.</summary>
    public const string FilesCheck = "frameworks";

    /// <summary>
    /// Adds the service. Needs from the host: a silo, the store's journals, the catalogue's copy, the <see cref="Suite"/>
    /// and gRPC. An
    /// <see cref="IntakeLimits"/> registered before takes the place of the default one.
    /// </summary>
    public static IServiceCollection AddIndicators(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSuiteClock();
        services.AddSingleton<FrameworkLoader>();
        services.AddHostedService(provider => provider.GetRequiredService<FrameworkLoader>());
        services.AddSingleton<IStatusSource, CatalogueStatus>();
        services.AddHealthChecks().AddCheck<FilesReadiness>(FilesCheck, tags: [HealthTags.Ready]);
        services.TryAddSingleton(new IntakeLimits());
        services.TryAddSingleton<IntakeCounters>();
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<SourceClocks>();
        services.AddSingleton<IStatusSource, SourceClockStatus>();
        services.AddSingleton<SourceAges>();
        services.AddHostedService<SourceRows>();
        services.AddSingleton<IStatusSource, SourceStatus>();
        services.AddSingleton<BatchValidator>();
        services.AddSingleton<ObservationIntake>();
        return services;
    }

    /// <summary>Maps the service's gRPC services.</summary>
    public static IEndpointRouteBuilder MapIndicators(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<CatalogueApi>();
        app.MapGrpcService<ThresholdApi>();
        app.MapGrpcService<ObservationApi>();
        return app;
    }
}

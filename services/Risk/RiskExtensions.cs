using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Messaging;
using EarlyWarning.Risk.Arming;
using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Invariants;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Moving;
using EarlyWarning.Risk.Publishing;
using EarlyWarning.Risk.Rankings;
using EarlyWarning.Risk.Simulating;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store;
using EarlyWarning.Store.Archiving;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Migrations;
using EarlyWarning.Store.Sequences;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Risk;

/// <summary>
/// Adds the Risk service: the countries, their thresholds and breaches, rankings, and the queries and watches of all of them.
/// </summary>
public static class RiskExtensions
{
    /// <summary>The tables of the service.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.Of("risk", typeof(RiskExtensions).Assembly);

    /// <summary>The Dapr app id under which breaches are published.</summary>
    public const string AppId = "risk";

    /// <summary>
    /// Adds the service. Needs from the host: a silo, the store, the catalogue, the <see cref="Suite"/>, gRPC, and the publisher of
    /// <see cref="AppId"/>'s <see cref="DaprEndpoints"/>. A <see cref="RiskOptions"/> registered before takes the place of the default one.
    /// </summary>
    public static IServiceCollection AddRisk(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRiskCore();
        services.AddPublisher(AppId);
        services.AddDueReader(Names.DueQueue, static (provider, due, _) =>
            provider.GetRequiredService<IGrainFactory>().GetGrain<ICountryGrain>(due.Member).WakeAsync()
        );
        services.AddHostedService<CataloguePusher>();
        services.AddHostedService<CountryMover>();
        return services;
    }

    /// <summary>Maps the service's gRPC services.</summary>
    public static IEndpointRouteBuilder MapRisk(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<RiskApi>();
        app.MapGrpcService<BreachApi>();
        return app;
    }

    /// <summary>
    /// Adds whether the suite warns, which every process of a suite says in its answers and anybody may change at any of them. Needs the
    /// store, and is part of <see cref="AddRisk"/>.
    /// </summary>
    public static IServiceCollection AddArming(this IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(RiskArming)))
        {
            services.AddSingleton<RiskArming>();
            services.AddSingleton<IArming>(provider => provider.GetRequiredService<RiskArming>());
            services.AddHostedService(provider => provider.GetRequiredService<RiskArming>());
            services.AddSingleton<IStatusSource, ArmingLine>();
        }

        return services;
    }

    /// <summary>Adds what the grains need.</summary>
    internal static IServiceCollection AddRiskCore(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSuiteClock();
        services.TryAddSingleton(new RiskOptions());
        services.AddSingleton<RiskMetrics>();
        services.AddSingleton<CountryHealth>();
        services.AddSingleton<LocalCountries>();
        services.AddKeyedSingleton(BreachRows.Changes, (provider, _) =>
            new ChangeSequence(
                provider.GetRequiredService<IStore>(),
                BreachRows.Changes,
                BreachRows.Retention,
                provider.GetService<TimeProvider>() ?? TimeProvider.System,
                provider.GetRequiredService<IHostApplicationLifetime>()
            )
        );
        services.AddSingleton(provider => new BlockCache(provider.GetRequiredService<RiskOptions>().LookupCacheBytes));
        services.AddSingleton<Ranges>();
        services.AddSingleton<IStatusSource, CountryStatus>();
        services.AddSingleton<IStatusSource, FiringStatus>();
        services.AddSingleton<IInvariant, CountryInvariant>();
        services.AddSingleton(new ArchivedJournals(Names.JournalPrefix));
        services.AddSingleton(provider => new BreachAuthor(
            provider.GetRequiredService<Suite>().Exercise,
            () => provider.GetRequiredService<IStore>().Identity.Epoch,
            () => provider.GetRequiredService<RiskArming>().Current is not null
        ));
        services.AddArming();
        services.AddSingleton(provider => new CountryRisks(provider.GetRequiredService<Suite>().Exercise));
        services.AddSingleton(provider => new RiskParts(
            provider.GetRequiredService<IStore>(),
            provider.GetRequiredService<IJournals>(),
            provider.GetRequiredService<BlockCache>(),
            new(provider.GetRequiredService<RiskOptions>()),
            provider.GetRequiredService<IDueTimes>(),
            provider.GetRequiredService<ICatalogue>(),
            provider.GetRequiredKeyedService<ChangeSequence>(BreachRows.Changes),
            provider.GetRequiredService<SuiteClock>(),
            provider.GetRequiredService<BreachAuthor>(),
            provider.GetRequiredService<CountryRisks>(),
            provider.GetRequiredService<CountryHealth>(),
            provider.GetRequiredService<LocalCountries>(),
            provider.GetRequiredService<RiskMetrics>(),
            provider.GetRequiredService<Ranges>(),
            provider.GetRequiredService<RiskOptions>().Checked()
        ));
        services.AddSingleton(
            new FaultMapping(static exception =>
                exception is StoreUnavailableException
                    ? Fault.Of(
                        StatusCode.Unavailable,
                        V1.ErrorReason.StoreUnavailable,
                        $"The store does not answer: {exception.Message} Send the same again, with back-off."
                    )
                : exception is ArchiveException
                    ? Fault.Of(StatusCode.FailedPrecondition, V1.ErrorReason.ArchiveUnavailable, exception.Message)
                : null
            )
        );
        return services;
    }
}

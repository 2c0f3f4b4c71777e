using EarlyWarning.Contracts.Countries;
using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Sidecars;
using EarlyWarning.Risk.Api;
using EarlyWarning.Risk.Arming;
using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Invariants;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Queries;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Status;
using EarlyWarning.Risk.Telemetry;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Risk.Waking;
using EarlyWarning.Risk.Writing;
using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store;
using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Archiving;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Faults;
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
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk;

/// <summary>
/// Adds the Risk service: the countries, their thresholds and breaches, rankings, and the queries and watches of all of them.
/// </summary>
public static class RiskExtensions
{
    /// <summary>The tables of the service.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.Of("risk", typeof(RiskExtensions).Assembly);

    /// <summary>The Dapr app id under which breaches are published.</summary>
    public const string AppId = BreachRows.AppId;

    /// <summary>
    /// Adds the service. Needs from the host: a silo, the store, the catalogue, the <see cref="Suite"/>, gRPC, and the publisher of
    /// <see cref="AppId"/>'s <see cref="DaprEndpoints"/>. A <see cref="RiskOptions"/> registered before takes the place of the default one.
    /// </summary>
    public static IServiceCollection AddRisk(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRiskCore();
        services.AddPublisher(AppId);
        services.AddDueReader(EntryCommitter.DueQueue, static (provider, due, _) =>
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
        services.AddSingleton<LocalCountries>();
        services.AddSingleton<IStatusSource, CountryStatus>();
        services.AddSingleton<IStatusSource, FiringStatus>();
        services.AddSingleton<IInvariant, CountryInvariant>();
        services.AddSingleton(new ArchivedJournals(JournalNames.Prefix));
        services.AddArming();
        services.AddBreaches();
        services.AddCountries();
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

    private static void AddBreaches(this IServiceCollection services)
    {
        services.AddKeyedSingleton(BreachRows.Changes, (provider, _) =>
            new ChangeSequence(
                provider.GetRequiredService<IStore>(),
                BreachRows.Changes,
                BreachRows.Retention,
                provider.GetService<TimeProvider>() ?? TimeProvider.System,
                provider.GetRequiredService<IHostApplicationLifetime>()
            )
        );
        services.AddSingleton<IBreachOutbox>(provider => new BreachOutbox(
            provider.GetRequiredService<IStore>(),
            provider.GetRequiredKeyedService<ChangeSequence>(BreachRows.Changes)
        ));
        services.AddSingleton(provider => new BreachAuthor(
            provider.GetRequiredService<Suite>().Exercise,
            () => provider.GetRequiredService<IStore>().Identity.Epoch,
            () => provider.GetRequiredService<RiskArming>().Current is not null
        ));
    }

    private static void AddCountries(this IServiceCollection services)
    {
        services.AddSingleton<StateFactory>();
        services.AddSingleton<RangeCache>();
        services.AddSingleton<CountryQueries>();
        services.AddSingleton<CountryOpener>();
        services.AddSingleton(provider => new RiskMessages(provider.GetRequiredService<Suite>().Exercise));
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<RiskOptions>();
            return new SeriesLimits(options.MaxSources, options.MaxHorizons, options.MaxSeries);
        });
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<RiskOptions>();
            return new CountryStorage(
                provider.GetRequiredService<IStore>(),
                provider.GetRequiredService<IJournals>(),
                provider.GetRequiredService<IDueTimes>(),
                new(options.LookupCacheBytes),
                new(options.SnapshotEvery, options.SnapshotBytes)
            );
        });
        services.AddSingleton(provider => new RankingReports(
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<RiskMessages>(),
            provider.GetRequiredService<SuiteClock>(),
            provider.GetRequiredService<RiskOptions>().ReportEvery,
            provider.GetRequiredService<ILogger<RankingReports>>()
        ));
    }
}

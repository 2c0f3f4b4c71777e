using System.Diagnostics.Metrics;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Api;
using EarlyWarning.Scoring.Backtesting;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Comparing;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Constructing;
using EarlyWarning.Scoring.Evaluating;
using EarlyWarning.Scoring.Explaining;
using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Histories;
using EarlyWarning.Scoring.Invariants;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.Scoring.Rankings;
using EarlyWarning.Scoring.Scores;
using EarlyWarning.Scoring.Uncertainty;
using EarlyWarning.Scoring.Values;
using EarlyWarning.Scoring.WhatIf;
using EarlyWarning.ServiceDefaults.Revisions;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Migrations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EarlyWarning.Scoring;

/// <summary>Adds the Scoring service: what is computed on request and is no country's present risk.</summary>
public static class ScoringExtensions
{
    /// <summary>The service's tables.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.Of("scoring", typeof(ScoringExtensions).Assembly);

    /// <summary>
    /// Adds the service. Needs from the host: a silo, the store, the catalogue, the <see cref="ServiceDefaults.Hosting.Suite"/> and gRPC.
    /// </summary>
    public static IServiceCollection AddScoring(this IServiceCollection services, Action<ScoringOptions>? configure = null)
    {
        services.AddScoringCore(configure);
        services.AddResultCacheWatch();
        services.AddHostedService<RankingFeed>();
        services.AddHostedService<OperationRunner>();
        services.AddDueReader(OperationUnits.Queue, static (provider, due, cancellationToken) =>
            provider.GetRequiredService<LongRunningOperations>().ExpireAsync(due.Member, cancellationToken)
        );
        services.AddSingleton<IStatusSource, OperationStatus>();
        services.AddSingleton<IInvariant, OperationInvariant>();
        return services;
    }

    /// <summary>Maps the gRPC services.</summary>
    public static IEndpointRouteBuilder MapScoring(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ScoringApi>();
        app.MapGrpcService<OperationApi>();
        return app;
    }

    /// <summary>Adds what the gRPC services need.</summary>
    internal static IServiceCollection AddScoringCore(this IServiceCollection services, Action<ScoringOptions>? configure)
    {
        var options = new ScoringOptions();
        configure?.Invoke(options);
        services.AddGrpc();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<CacheMetrics>();
        services.AddSingleton(provider => new ComputationGate(options.Processors, provider.GetRequiredService<IMeterFactory>()));
        services.AddResultCache(options.Cache);
        services.AddSingleton<RankingSet>();
        services.AddSingleton<Standings>();
        services.AddSingleton<FrameworkVersionCache>();
        services.AddSingleton<FrameworkResolver>();
        services.AddSingleton<CountryChoice>();
        services.AddSingleton(provider => new CountryValuesReader(
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<CountryChoice>(),
            options.CountriesAtOnce
        ));
        services.AddSingleton(MinimaOf);
        services.AddSingleton<UnitScoring>();
        services.AddSingleton<RiseWindows>();
        services.AddSingleton<MetThresholds>();
        services.AddSingleton<ThresholdPreviewing>();
        services.AddSingleton<WhatIfScoring>();
        services.AddSingleton<ScoreExplaining>();
        services.AddSingleton<IndexConstructing>();
        services.AddSingleton<WeightSearch>();
        services.AddSingleton<UncertaintyRunning>();
        services.AddSingleton<SensitivityRunning>();
        services.AddSingleton<ChoiceAnalysis>();
        services.AddSingleton<FrameworkComparing>();
        services.AddSingleton<CatalogueWriting>();
        services.AddSingleton<Rebasing>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<TrainingSource>();
        services.AddSingleton<OutcomeReader>();
        services.AddSingleton<ModelFitting>();
        services.AddSingleton<BacktestReader>();
        services.AddSingleton<BacktestRunning>();
        services.AddSingleton<ForecastJudging>();
        services.AddSingleton<ScoringApi>();
        services.AddSingleton(options.Operations);
        services.AddSingleton<OperationReader>();
        services.AddSingleton<OperationCalls>();
        services.AddSingleton<OperationClaims>();
        services.AddSingleton<OperationComputation>();
        services.AddSingleton<OperationFaults>();
        services.AddSingleton<LiveOperations>();
        services.AddSingleton<LongRunningOperations>();
        services.AddSingleton<OperationApi>();
        return services;
    }

    private static MinimumRevisions MinimaOf(IServiceProvider services)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        return new(services.GetRequiredService<CountryChoice>().Knows, (country, revision, patience) =>
            grains.GetGrain<ICountryGrain>(country).ReachAsync(revision, patience)
        );
    }
}

using EarlyWarning.Escalation.Api;
using EarlyWarning.Escalation.Grains;
using EarlyWarning.Escalation.Invariants;
using EarlyWarning.Escalation.Ladder;
using EarlyWarning.Escalation.Review;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Escalation.Status;
using EarlyWarning.Escalation.Subscribing;
using EarlyWarning.Messaging;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Migrations;
using EarlyWarning.Store.Sequences;
using EarlyWarning.Yaml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Escalation;

/// <summary>Registers Escalation: the ladder, the cases, and their gRPC service.</summary>
public static class EscalationExtensions
{
    /// <summary>The Dapr app id.</summary>
    public const string AppId = CaseRows.AppId;

    /// <summary>The service's tables.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.Of("escalation", typeof(EscalationExtensions).Assembly);

    /// <summary>
    /// Adds the service. A ladder file with faults ends the start with <see cref="FaultyFileException"/>, whose message names each.
    /// </summary>
    public static IServiceCollection AddEscalation(this IServiceCollection services, Action<EscalationOptions>? configure = null)
    {
        services.AddCases(configure);
        services.AddHostedService<LadderCheck>();
        services.AddGrpc();
        services.AddPublisher(AppId);
        services.AddSubscriber<CaseSubscriber>(AppId);
        services.AddSingleton<IStatusSource, EscalationStatus>();
        services.AddSingleton<IInvariant, CaseInvariant>();
        services.AddHostedService<CaseReview>();
        services.AddDueReader(CaseRows.Queue, static (provider, due, cancellationToken) =>
            provider.GetRequiredService<IGrainFactory>().GetGrain<ICaseGrain>(due.Member).WakeAsync().WaitAsync(cancellationToken)
        );
        return services;
    }

    /// <summary>Maps the gRPC service, and the subscriptions on the app id's own port.</summary>
    public static IEndpointRouteBuilder MapEscalation(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<CaseApi>();
        app.MapSubscriber(AppId);
        return app;
    }

    /// <summary>Adds what the grains need.</summary>
    internal static IServiceCollection AddCases(this IServiceCollection services, Action<EscalationOptions>? configure)
    {
        var options = new EscalationOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<EscalationMetrics>();
        services.AddSingleton(provider => LadderSource.Load(options.LadderFile, provider.GetRequiredService<Suite>().DataDirectory));
        services.AddSingleton<CaseReader>();
        services.AddSingleton<CaseContexts>();
        services.AddSingleton<CaseCommits>();
        services.AddSingleton<CaseDecider>();
        services.AddSingleton<CaseActs>();
        services.AddKeyedSingleton(CaseRows.Changes, (provider, _) =>
            new ChangeSequence(
                provider.GetRequiredService<IStore>(),
                CaseRows.Changes,
                options.WatchRetention,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IHostApplicationLifetime>()
            )
        );
        return services;
    }
}

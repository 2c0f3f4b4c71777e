using EarlyWarning.Contracts.Cases;
using EarlyWarning.Escalation.Api;
using EarlyWarning.Escalation.Desk;
using EarlyWarning.Escalation.Invariants;
using EarlyWarning.Escalation.Ladder;
using EarlyWarning.Escalation.Status;
using EarlyWarning.Escalation.Subscribing;
using EarlyWarning.Messaging;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Journals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EarlyWarning.Escalation;

/// <summary>Registers Escalation: the ladder, the desk that keeps the cases, and its gRPC service.</summary>
public static class EscalationExtensions
{
    /// <summary>The Dapr app id.</summary>
    public const string AppId = "escalation";

    /// <summary>Adds the service. A ladder file with faults ends the start with <see cref="LadderException"/>, whose message names each.</summary>
    public static IServiceCollection AddEscalation(this IServiceCollection services, Action<EscalationOptions>? configure = null)
    {
        services.AddDesk(configure);
        services.AddHostedService<LadderCheck>();
        services.AddGrpc();
        services.AddPublisher(AppId);
        services.AddSubscriber<DeskSubscriber>(AppId);
        services.AddSingleton<IStatusSource, EscalationStatus>();
        services.AddSingleton<IInvariant, CaseInvariant>();
        services.AddDueReader(DeskWriter.Queue, static (provider, _, cancellationToken) =>
            provider.GetRequiredService<IGrainFactory>().GetGrain<ICaseDeskGrain>(0).WakeAsync().WaitAsync(cancellationToken));
        return services;
    }

    /// <summary>Maps the gRPC service, and the subscriptions on the app id's own port.</summary>
    public static IEndpointRouteBuilder MapEscalation(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<CaseApi>();
        app.MapSubscriber(AppId);
        return app;
    }

    /// <summary>Adds what the desk needs.</summary>
    internal static IServiceCollection AddDesk(this IServiceCollection services, Action<EscalationOptions>? configure)
    {
        var options = new EscalationOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<EscalationMeter>();
        services.AddSingleton(provider => LadderSource.Load(options, provider.GetRequiredService<Suite>().DataDirectory));
        services.AddSingleton(provider => new DeskParts(
            provider.GetRequiredService<IJournals>(),
            () => provider.GetRequiredService<IStore>().Identity.Epoch,
            provider.GetRequiredService<CaseLadder>(),
            options,
            provider.GetRequiredService<EscalationMeter>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}

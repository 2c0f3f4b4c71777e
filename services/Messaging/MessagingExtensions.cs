using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Messaging.Publishing;
using EarlyWarning.Messaging.Readiness;
using EarlyWarning.Messaging.Sidecars;
using EarlyWarning.Messaging.Subscribing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Messaging;

/// <summary>
/// Registers what a service publishes and subscribes to. Host registers <see cref="DaprEndpoints"/> as a singleton beside it.
/// </summary>
public static class MessagingExtensions
{
    /// <summary>Registers an <see cref="IEventPublisher"/>, keyed by the app id, and its readiness check.</summary>
    public static IServiceCollection AddPublisher(this IServiceCollection services, string appId)
    {
        services.AddSidecarConnection(appId);
        services.TryAddKeyedSingleton<IEventPublisher>(appId, (provider, _) =>
            new DaprPublisher(provider.GetRequiredKeyedService<SidecarConnection>(appId), provider.GetRequiredService<TimeProvider>())
        );
        return services;
    }

    /// <summary>
    /// Publishes what units owe under the app ids whose services run in this process. Of several processes that run an app id one at a time
    /// does so. Each app id has its publisher, and the store is registered, beside it.
    /// </summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services, params IReadOnlyList<string> appIds)
    {
        ArgumentNullException.ThrowIfNull(appIds);
        services.TryAddSingleton<OutboxOptions>();
        services.AddSingleton(new OutboxApps([.. appIds.Distinct(StringComparer.Ordinal)]));
        services.TryAddSingleton<PublishingLeases>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxDispatcher>());
        return services;
    }

    /// <summary>
    /// Registers the handler of an app id's subscriptions, one instance for the process, and its readiness check. It is served once
    /// <see cref="MapSubscriber"/> is called.
    /// </summary>
    /// <typeparam name="THandler">The handler; registered as a singleton unless the service has done so already.</typeparam>
    public static IServiceCollection AddSubscriber<THandler>(this IServiceCollection services, string appId)
        where THandler : class, ISubscriber
    {
        services.AddSidecarConnection(appId);
        services.AddGrpc();
        services.TryAddSingleton<THandler>();
        services.TryAddKeyedSingleton<ISubscriber>(appId, (provider, _) => provider.GetRequiredService<THandler>());
        return services;
    }

    /// <summary>
    /// Serves the app id's AppCallback contract on its own port (<see cref="DaprEndpoints.AppPort"/>), which the application must listen on
    /// with HTTP/2 and without TLS. The port answers for this app id alone, and no other port answers for it.
    /// </summary>
    public static IEndpointRouteBuilder MapSubscriber(this IEndpointRouteBuilder app, string appId)
    {
        ArgumentNullException.ThrowIfNull(app);
        var port = app.ServiceProvider.GetRequiredService<DaprEndpoints>().AppPort(appId);
        var subscribed = new SubscribedApp(appId, port);
        app.MapGrpcService<AppCallbackService>().RequireHost($"*:{port}").WithMetadata(subscribed).AllowAnonymous();
        app.MapGrpcService<AppHealthService>().RequireHost($"*:{port}").WithMetadata(subscribed).AllowAnonymous();
        return app;
    }

    private static void AddSidecarConnection(this IServiceCollection services, string appId)
    {
        ArgumentException.ThrowIfNullOrEmpty(appId);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton(appId, (provider, _) => new SidecarConnection(appId, provider.GetRequiredService<DaprEndpoints>()));
        services.AddSidecarReadiness(appId);
    }
}

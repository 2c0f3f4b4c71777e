using EarlyWarning.Messaging;
using EarlyWarning.Notification.Api;
using EarlyWarning.Notification.Delivery;
using EarlyWarning.Notification.Desk;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Invariants;
using EarlyWarning.Notification.Status;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Journals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EarlyWarning.Notification;

/// <summary>Registers Notification: the directory, the desk that tells people, and its gRPC service.</summary>
public static class NotificationExtensions
{
    /// <summary>The Dapr app id.</summary>
    public const string AppId = "notification";

    /// <summary>
    /// Adds the service. A directory file with faults ends the start with <see cref="DirectoryFileException"/>, whose message names each.
    /// </summary>
    public static IServiceCollection AddNotification(this IServiceCollection services, Action<NotificationOptions>? configure = null)
    {
        services.AddDesk(configure);
        services.AddHostedService<DirectoryCheck>();
        services.AddDueReader(DeskWriter.Queue, static (provider, _, cancellationToken) =>
            provider.GetRequiredService<IGrainFactory>().GetGrain<IDeskGrain>(0).WakeAsync().WaitAsync(cancellationToken));
        services.AddGrpc();
        services.AddPublisher(AppId);
        services.AddSubscriber<DeskSubscriber>(AppId);
        services.AddSingleton<IStatusSource, NotificationStatus>();
        services.AddSingleton<IInvariant, MessageInvariant>();
        return services;
    }

    /// <summary>Maps the gRPC service, and the subscriptions on the app id's own port.</summary>
    public static IEndpointRouteBuilder MapNotification(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<NotificationApi>();
        app.MapSubscriber(AppId);
        return app;
    }

    /// <summary>Adds what the grains need.</summary>
    internal static IServiceCollection AddDesk(this IServiceCollection services, Action<NotificationOptions>? configure)
    {
        var options = new NotificationOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<DirectorySource>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<Destinations>();
        services.AddSingleton(provider => new DeskParts(
            provider.GetRequiredService<IJournals>(),
            provider.GetRequiredService<DirectorySource>(),
            provider.GetRequiredService<WebhookSender>(),
            provider.GetRequiredService<Destinations>(),
            options,
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}

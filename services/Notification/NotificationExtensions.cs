using EarlyWarning.Messaging;
using EarlyWarning.Notification.Api;
using EarlyWarning.Notification.Channels;
using EarlyWarning.Notification.Channels.Inbox;
using EarlyWarning.Notification.Channels.Webhook;
using EarlyWarning.Notification.Configuration;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Intake;
using EarlyWarning.Notification.Invariants;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Status;
using EarlyWarning.Notification.Telemetry;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Migrations;
using EarlyWarning.Store.Requests;
using EarlyWarning.Yaml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EarlyWarning.Notification;

/// <summary>Registers Notification: the directory, what is told to whom, its delivery, and the gRPC service.</summary>
public static class NotificationExtensions
{
    /// <summary>The Dapr app id.</summary>
    public const string AppId = NotificationEvents.AppId;

    /// <summary>The tables of the service.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.Of("notification", typeof(NotificationExtensions).Assembly);

    /// <summary>
    /// Adds the service. A directory file with faults ends the start with <see cref="FaultyFileException"/>, whose message names each.
    /// </summary>
    public static IServiceCollection AddNotification(this IServiceCollection services, Action<NotificationOptions>? configure = null)
    {
        services.AddNotificationCore(configure);
        services.AddHostedService<DirectoryCheck>();
        services.AddGrpc();
        services.AddPublisher(AppId);
        services.AddSubscriber<NotificationSubscriber>(AppId);
        services.AddSingleton<IStatusSource, DirectoryStatus>();
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

    /// <summary>Adds what takes events in, sends messages, and reads them.</summary>
    internal static IServiceCollection AddNotificationCore(this IServiceCollection services, Action<NotificationOptions>? configure)
    {
        var options = new NotificationOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddMetrics();
        services.AddSingleton<NotificationMetrics>();
        services.AddSingleton<DirectorySource>();
        services.AddSingleton<IChannel, InboxChannel>();
        services.AddSingleton<IChannel, WebhookChannel>();
        services.AddSingleton<MessageAuthor>();
        services.AddSingleton<MessageRegister>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<NotificationSubscriber>();
        services.AddSingleton<Destinations>();
        services.AddSingleton<DispatchSignal>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<Rerouter>();
        services.TryAddSingleton<RequestTable>();
        services.AddSingleton<DeliveryRestart>();
        services.AddSingleton<Redelivery>();
        services.AddSingleton<DirectoryFollower>();
        services.AddSingleton<DispatcherContext>();
        services.AddSingleton<OwedReader>();
        services.AddSingleton<NotificationFilters>();
        services.AddHostedService<Dispatcher>();
        return services;
    }
}

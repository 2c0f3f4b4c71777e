using EarlyWarning.Host.Exercise;
using EarlyWarning.Host.Options;
using EarlyWarning.Notification;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>Who is told and how. An exercise has a directory of its own, so that nobody real is told.</summary>
internal static class NotificationModule
{
    public static Module Module { get; } =
        new(
            ServiceNames.Notification,
            Add: suite =>
                suite.Services.AddNotification(notification =>
                {
                    suite.Options.Settings.Fill(ServiceNames.Notification, notification);
                    notification.DirectoryFile = suite.Options.Exercise
                        ? ExerciseFiles.Directory
                        : suite.Options.Directory ?? notification.DirectoryFile;
                    notification.PublicWebhooksOnly = suite.Options.PublicWebhooksOnly;
                    notification.IsOwnPort = suite.IsOwnPort;
                }),
            Map: app => app.MapNotification()
        )
        {
            Migrations = NotificationExtensions.Migrations,
            Serves = [ContractService.Of<NotificationService.NotificationServiceBase>(NotificationService.Descriptor)],
            ReadyBy = ["dapr-notification"],
            AppId = NotificationExtensions.AppId,
            Subscribes = true,
            Grains = typeof(NotificationExtensions).Assembly,
        };
}

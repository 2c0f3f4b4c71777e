using EarlyWarning.Host.Exercise;
using EarlyWarning.Notification;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>Who is told and how. An exercise has a directory of its own, so that nobody real is told.</summary>
internal static class NotificationModule
{
    public const string Name = "notification";

    public static Module Module { get; } =
        new(
            Name,
            Add: suite =>
                suite.Services.AddNotification(notification =>
                {
                    suite.Options.Settings.Fill(Name, notification);
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

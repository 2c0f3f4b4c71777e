using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Desk;

internal static partial class NotificationDeskGrainLog
{
    [LoggerMessage(11, LogLevel.Information, "The notification desk is open: {Notifications} notifications, {Unfinished} unfinished")]
    public static partial void Opened(this ILogger logger, int notifications, int unfinished);

    [LoggerMessage(12, LogLevel.Error, "Nobody could be told of {Breach}: {Reason}")]
    public static partial void NotTold(this ILogger logger, string breach, string reason);

    [LoggerMessage(13, LogLevel.Error, "The notification desk could not write its journal and opens it again")]
    public static partial void Broken(this ILogger logger, Exception exception);
}

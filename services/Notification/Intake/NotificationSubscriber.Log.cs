using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Intake;

internal static partial class NotificationSubscriberLog
{
    [LoggerMessage(6041, LogLevel.Error, "The event {Id} on {Topic} cannot be read and goes to the dead letters: {Reason}")]
    public static partial void EventNotReadable(this ILogger logger, string id, string topic, string reason);
}

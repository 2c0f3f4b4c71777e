using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Desk;

internal static partial class DeskSubscriberLog
{
    [LoggerMessage(21, LogLevel.Error, "The event {Id} on {Topic} cannot be read and goes to the dead letters: {Reason}")]
    public static partial void NotReadable(this ILogger logger, string id, string topic, string reason);
}

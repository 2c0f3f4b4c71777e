using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Intake;

internal static partial class EventSubscriberLog
{
    [LoggerMessage(21, LogLevel.Error, "The event {Id} on {Topic} cannot be read and goes to the dead letters: {Reason}")]
    public static partial void NotReadable(this ILogger logger, string id, string topic, string reason);
}

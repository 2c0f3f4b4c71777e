using Microsoft.Extensions.Logging;

namespace EarlyWarning.Escalation.Subscribing;

internal static partial class EventSubscriberLog
{
    [LoggerMessage(1, LogLevel.Error, "The event {Id} on {Topic} cannot be read and goes to the dead letters: {Reason}")]
    public static partial void NotReadable(this ILogger logger, string id, string topic, string reason);
}

using Microsoft.Extensions.Logging;

namespace EarlyWarning.Escalation.Subscribing;

internal static partial class CaseSubscriberLog
{
    [LoggerMessage(4001, LogLevel.Error, "The event {Id} on {Topic} cannot be read and goes to the dead letters: {Reason}")]
    public static partial void WarningNotReadable(this ILogger logger, string id, string topic, string reason);
}

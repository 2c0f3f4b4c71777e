using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Desk;

internal static partial class OutcomePublisherLog
{
    [LoggerMessage(1, LogLevel.Warning, "The outcome of notification {Id} could not be handed on, and will be under the same id")]
    public static partial void NotHandedOn(this ILogger logger, string id, Exception exception);
}

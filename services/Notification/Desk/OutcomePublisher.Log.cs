using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Desk;

internal static partial class OutcomePublisherLog
{
    [LoggerMessage(1, LogLevel.Warning, "The outcome of notification {Id} could not be published and will be again: {Reason}")]
    public static partial void NotPublished(this ILogger logger, string id, string reason);

    [LoggerMessage(2, LogLevel.Warning, "That the outcome of notification {Id} is published could not be recorded; it will be published again under the same id")]
    public static partial void NotMarked(this ILogger logger, string id, Exception exception);
}

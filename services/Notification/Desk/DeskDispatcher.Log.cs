using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Desk;

internal static partial class DeskDispatcherLog
{
    [LoggerMessage(1, LogLevel.Warning, "Notification {Id} to {Destination}, attempt {Attempt}: {Detail} Next attempt at {Next:O}")]
    public static partial void AttemptFailed(this ILogger logger, string id, string destination, int attempt, string detail, DateTimeOffset next);

    [LoggerMessage(2, LogLevel.Error, "Notification {Id} to {Destination} is given up after attempt {Attempt}: {Detail}")]
    public static partial void GivenUp(this ILogger logger, string id, string destination, int attempt, string detail);

    [LoggerMessage(3, LogLevel.Error, "Notification {Id} to {Destination} could not be worked on; it is due again")]
    public static partial void DeliveryBroken(this ILogger logger, string id, string destination, Exception exception);
}

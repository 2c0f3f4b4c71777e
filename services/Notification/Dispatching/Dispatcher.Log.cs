using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Dispatching;

internal static partial class DispatcherLog
{
    [LoggerMessage(6021, LogLevel.Error, "What is to be sent could not be looked at, and is again: {Reason}")]
    public static partial void NotLooked(this ILogger logger, string reason);

    [LoggerMessage(6022, LogLevel.Error, "Notification {Id} to {Channel} could not be worked on; it is due again when its lease ends")]
    public static partial void AttemptBroken(this ILogger logger, string id, ChannelKey channel, Exception exception);
}

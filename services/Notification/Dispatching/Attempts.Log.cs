using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Dispatching;

internal static partial class AttemptsLog
{
    [LoggerMessage(6011, LogLevel.Warning, "Notification {Id} to {Channel}, attempt {Attempt}: {Detail}")]
    public static partial void AttemptFailed(this ILogger logger, string id, ChannelKey channel, int attempt, string detail);

    [LoggerMessage(6012, LogLevel.Error, "Notification {Id} to {Channel} is given up: {Detail}")]
    public static partial void GivenUp(this ILogger logger, string id, ChannelKey channel, string detail);

    [LoggerMessage(
        6013,
        LogLevel.Error,
        "What attempt {Attempt} of notification {Id} to {Channel} came to could not be recorded, and is tried again: {Reason}"
    )]
    public static partial void NotRecorded(this ILogger logger, string id, ChannelKey channel, int attempt, string reason);
}

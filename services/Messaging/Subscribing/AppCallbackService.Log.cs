using Microsoft.Extensions.Logging;

namespace EarlyWarning.Messaging.Subscribing;

internal static partial class AppCallbackServiceLog
{
    [LoggerMessage(2001, LogLevel.Warning, "{AppId} could not handle {Id} on {Topic}; the sidecar will deliver it again")]
    public static partial void HandlerFailed(this ILogger logger, string appId, string topic, string id, Exception exception);

    [LoggerMessage(
        2002,
        LogLevel.Error,
        "{AppId} does not subscribe to {Topic}; {Id} is dropped, which sends it to that subscription's dead letters"
    )]
    public static partial void NotSubscribed(this ILogger logger, string appId, string topic, string id);
}

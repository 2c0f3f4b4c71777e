using Microsoft.Extensions.Logging;

namespace EarlyWarning.Sidecar.Delivery;

internal static partial class AppDeliveryLog
{
    [LoggerMessage(11011, LogLevel.Information, "{AppId} answers on port {Port} and subscribes to: {Topics}")]
    public static partial void AppUp(this ILogger logger, string appId, int port, string topics);

    [LoggerMessage(11012, LogLevel.Warning, "{AppId} does not answer on port {Port} any more; its messages wait")]
    public static partial void AppGone(this ILogger logger, string appId, int port);

    [LoggerMessage(11013, LogLevel.Warning, "Nothing on port {Port} implements ListTopicSubscriptions for {AppId}; its messages wait")]
    public static partial void NoSubscriber(this ILogger logger, string appId, int port);

    [LoggerMessage(11014, LogLevel.Error, "{AppId} is not subscribed to {Topic} of {PubSub}: {Objection}")]
    public static partial void SubscriptionRefused(this ILogger logger, string appId, string topic, string pubSub, string objection);

    [LoggerMessage(
        11015,
        LogLevel.Error,
        "{AppId} answered UNIMPLEMENTED to {EventId} on {Topic}; as with daprd that acknowledges it, and the event is lost"
    )]
    public static partial void Unimplemented(this ILogger logger, string appId, string eventId, string topic);

    [LoggerMessage(11016, LogLevel.Warning, "{AppId} did not handle {EventId} on {Topic}: {Reason}; the next attempt is in {Wait}")]
    public static partial void Retrying(this ILogger logger, string appId, string eventId, string topic, string reason, TimeSpan wait);

    [LoggerMessage(
        11017,
        LogLevel.Error,
        "{AppId} could not handle {EventId} on {Topic}; it goes to {DeadLetterTopic} after {Attempts} attempts: {Reason}"
    )]
    public static partial void DeadLettered(
        this ILogger logger,
        string appId,
        string eventId,
        string topic,
        string deadLetterTopic,
        int attempts,
        string reason
    );

    [LoggerMessage(
        11018,
        LogLevel.Error,
        "{AppId} could not handle {EventId} on {Topic} and it is LOST after {Attempts} attempts, as with daprd: the subscription has no "
            + "dead-letter topic. {Reason}"
    )]
    public static partial void Lost(this ILogger logger, string appId, string eventId, string topic, int attempts, string reason);

    [LoggerMessage(11019, LogLevel.Error, "The delivery of {EventId} to {AppId} failed in the sidecar itself")]
    public static partial void DeliveryFailed(this ILogger logger, string appId, string eventId, Exception exception);
}

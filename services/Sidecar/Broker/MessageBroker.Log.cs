using Microsoft.Extensions.Logging;

namespace EarlyWarning.Sidecar.Broker;

internal static partial class MessageBrokerLog
{
    [LoggerMessage(11001, LogLevel.Error, "The local sidecar cannot write its journal; publishing is refused until it can")]
    public static partial void JournalUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(11002, LogLevel.Information, "The local sidecar writes its journal again")]
    public static partial void JournalAvailable(this ILogger logger);

    [LoggerMessage(
        11003,
        LogLevel.Error,
        "The dead letter {EventId} of {Topic} is discarded: there are more than {Limit}. Look at the dead letters and redeliver them"
    )]
    public static partial void DeadLetterDiscarded(this ILogger logger, string eventId, string topic, int limit);

    [LoggerMessage(
        11004,
        LogLevel.Critical,
        "The local sidecar's writer has failed; nothing is published or delivered until the suite is restarted"
    )]
    public static partial void WriterFailed(this ILogger logger, Exception exception);

    [LoggerMessage(11005, LogLevel.Warning, "Another sidecar has taken over {Journal}: this one takes and delivers nothing any more")]
    public static partial void TakenOver(this ILogger logger, string journal);
}

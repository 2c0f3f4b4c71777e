using Microsoft.Extensions.Logging;

namespace EarlyWarning.Messaging.Outbox;

internal sealed partial class OutboxDispatcher
{
    [LoggerMessage(2101, LogLevel.Warning, "What is owed could not be read, and will be: {Reason}")]
    private partial void LogOwedNotRead(string reason);

    [LoggerMessage(2102, LogLevel.Warning, "{Id} was not taken on {Topic}, and will be tried again: {Reason}")]
    private partial void LogNotPublished(string id, string topic, string reason);

    [LoggerMessage(2103, LogLevel.Error, "{Id} cannot be published and is set aside: {Reason}")]
    private partial void LogSetAside(string id, string reason);

    [LoggerMessage(2104, LogLevel.Warning, "{Count} events were not confirmed within {Within}, and are published again")]
    private partial void LogOwedAgain(int count, TimeSpan within);

    [LoggerMessage(2105, LogLevel.Warning, "What came of {Id} could not be written; it is published again")]
    private partial void LogNotMarked(string id, Exception exception);
}

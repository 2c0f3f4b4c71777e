using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Due;

internal sealed partial class DueReader
{
    [LoggerMessage(1201, LogLevel.Warning, "What is due in {Queue} could not be read, and will be in a second: {Reason}")]
    private static partial void LogDueNotRead(ILogger logger, string queue, string reason);

    [LoggerMessage(1202, LogLevel.Warning, "{Member} in {Queue}, due {Due}, could not be woken, and will be tried again")]
    private static partial void LogNotWoken(ILogger logger, string queue, string member, DateTimeOffset due, Exception exception);
}

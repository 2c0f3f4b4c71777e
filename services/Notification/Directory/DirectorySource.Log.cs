using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Directory;

internal static partial class DirectorySourceLog
{
    [LoggerMessage(6001, LogLevel.Information, "Directory {File}: {Recipients} recipients")]
    public static partial void DirectoryLoaded(this ILogger logger, string file, int recipients);

    [LoggerMessage(6002, LogLevel.Error, "The changed directory {File} has faults; the one before stays in force. {Faults}")]
    public static partial void DirectoryNotLoaded(this ILogger logger, string file, string faults);
}

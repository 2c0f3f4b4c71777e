using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Directory;

internal static partial class DirectorySourceLog
{
    [LoggerMessage(1, LogLevel.Information, "Directory {File}: {Recipients} recipients")]
    public static partial void Loaded(this ILogger logger, string file, int recipients);

    [LoggerMessage(2, LogLevel.Error, "The changed directory {File} has faults; the one before stays in force. {Faults}")]
    public static partial void NotLoaded(this ILogger logger, string file, string faults);
}

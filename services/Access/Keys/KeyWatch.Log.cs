using Microsoft.Extensions.Logging;

namespace EarlyWarning.Access.Keys;

internal static partial class KeyWatchLog
{
    [LoggerMessage(8011, LogLevel.Information, "Keys {File}: {Keys} are in force")]
    public static partial void KeysTaken(this ILogger logger, string file, int keys);

    [LoggerMessage(8012, LogLevel.Error, "The file of keys is not in force as it is now. {Problem}")]
    public static partial void KeysNotTaken(this ILogger logger, string problem);

    [LoggerMessage(
        8013,
        LogLevel.Warning,
        "There is a file of keys now, {File}: from now on every caller needs one, and the suite is not opened again before a new start"
    )]
    public static partial void Closed(this ILogger logger, string file);

    [LoggerMessage(8014, LogLevel.Warning, "When keys were last used could not be written, and is tried again every minute: {Reason}")]
    public static partial void UsesNotWritten(this ILogger logger, string reason);
}

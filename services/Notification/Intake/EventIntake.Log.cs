using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Intake;

internal static partial class EventIntakeLog
{
    [LoggerMessage(6031, LogLevel.Error, "Nobody could be told of {Breach}: {Reason}")]
    public static partial void NotTold(this ILogger logger, string breach, string reason);
}

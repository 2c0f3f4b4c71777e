using Microsoft.Extensions.Logging;

namespace EarlyWarning.Escalation.Desk;

internal static partial class StepPublisherLog
{
    [LoggerMessage(1, LogLevel.Warning, "The step {Id} could not be published and will be tried again in {Wait}: {Reason}")]
    public static partial void NotPublished(this ILogger logger, string id, TimeSpan wait, string reason);
}

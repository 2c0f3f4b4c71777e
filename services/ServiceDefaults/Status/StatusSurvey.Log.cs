using Microsoft.Extensions.Logging;

namespace EarlyWarning.ServiceDefaults.Status;

internal static partial class StatusSurveyLog
{
    [LoggerMessage(10011, LogLevel.Warning, "The status source {Source} cannot be read.")]
    public static partial void SourceFailed(this ILogger logger, string source, Exception exception);
}

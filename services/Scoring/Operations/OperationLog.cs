using Microsoft.Extensions.Logging;

namespace EarlyWarning.Scoring.Operations;

internal static partial class OperationLog
{
    [LoggerMessage(5301, LogLevel.Error, "{Operation} failed unexpectedly.")]
    public static partial void OperationFailed(this ILogger logger, string operation, Exception exception);

    [LoggerMessage(5302, LogLevel.Warning, "Operations wait for the store: {Reason}")]
    public static partial void Waits(this ILogger logger, string reason);

    [LoggerMessage(5303, LogLevel.Error, "{Operation} is not begun again: the suite was ended {Attempts} times while it ran.")]
    public static partial void Abandoned(this ILogger logger, string operation, int attempts);
}

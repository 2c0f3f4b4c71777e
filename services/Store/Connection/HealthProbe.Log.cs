using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Connection;

internal sealed partial class HealthProbe
{
    [LoggerMessage(1001, LogLevel.Error, "The store is unavailable: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);

    [LoggerMessage(1002, LogLevel.Information, "The store is available again")]
    private static partial void LogAvailable(ILogger logger);

    [LoggerMessage(1006, LogLevel.Error, "The embedded store could not be started anew")]
    private static partial void LogNotRestarted(ILogger logger, Exception exception);
}

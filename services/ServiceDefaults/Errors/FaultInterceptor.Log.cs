using Microsoft.Extensions.Logging;

namespace EarlyWarning.ServiceDefaults.Errors;

internal static partial class FaultInterceptorLog
{
    [LoggerMessage(10001, LogLevel.Error, "{Method} failed unexpectedly; the caller was given the id {Id}.")]
    public static partial void CallFailed(this ILogger logger, string method, string id, Exception exception);
}

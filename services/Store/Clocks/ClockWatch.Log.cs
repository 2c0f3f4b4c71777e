using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Clocks;

internal static partial class ClockWatchLog
{
    [LoggerMessage(1301, LogLevel.Error, "The clocks disagree: {What}")]
    public static partial void Doubted(this ILogger<ClockWatch> logger, string what);

    [LoggerMessage(1302, LogLevel.Warning, "Clock: {What}")]
    public static partial void Noted(this ILogger<ClockWatch> logger, string what);

    [LoggerMessage(1303, LogLevel.Warning, "The store's clock could not be asked: {Why}")]
    public static partial void StoreNotHeard(this ILogger<ClockWatch> logger, string why);
}

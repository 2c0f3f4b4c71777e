using Microsoft.Extensions.Logging;

namespace EarlyWarning.Scoring.Cache;

internal static partial class RedisLevelLog
{
    [LoggerMessage(5201, LogLevel.Warning, "The cache's Redis is not used: {Fault} Results are kept in this process only.")]
    public static partial void NotUsed(this ILogger logger, string fault);

    [LoggerMessage(5202, LogLevel.Information, "The cache's Redis is used again.")]
    public static partial void UsedAgain(this ILogger logger);
}

using Microsoft.Extensions.Logging;

namespace EarlyWarning.Scoring.Rankings;

internal static partial class RankingFeedLog
{
    [LoggerMessage(5101, LogLevel.Information, "The ranking of {Framework} is not followed for a moment.")]
    public static partial void RankingNotFollowed(this ILogger logger, string framework, Exception exception);
}

using Microsoft.Extensions.Logging;

namespace EarlyWarning.Board.Live;

internal static partial class LiveFeedLog
{
    [LoggerMessage(13001, LogLevel.Warning, "The board does not hear of {Part}: {Reason}")]
    public static partial void FeedBroken(this ILogger logger, string part, string reason);

    [LoggerMessage(13002, LogLevel.Warning, "{Risk} is not answered for {Case}, which is shown without it: {Reason}")]
    public static partial void RiskOfCaseNotAnswered(this ILogger logger, string risk, string @case, string reason);
}

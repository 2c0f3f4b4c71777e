using Microsoft.Extensions.Logging;

namespace EarlyWarning.Board.Live;

internal static partial class LiveFeedLog
{
    [LoggerMessage(13001, LogLevel.Warning, "The board does not hear of {Part}: {Reason}")]
    public static partial void FeedBroken(this ILogger logger, string part, string reason);
}

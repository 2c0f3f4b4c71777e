using Microsoft.Extensions.Logging;

namespace EarlyWarning.Catalogue.Copies;

internal static partial class CatalogueFollowerLog
{
    [LoggerMessage(3011, LogLevel.Debug, "The catalogue is at revision {Revision}.")]
    public static partial void Followed(this ILogger<CatalogueFollower> logger, long revision);

    [LoggerMessage(
        3012,
        LogLevel.Warning,
        "The catalogue stays at revision {Revision} until its writer, in a process that runs indicators, answers; it is asked every second."
    )]
    public static partial void NotFollowed(this ILogger<CatalogueFollower> logger, long revision, Exception exception);
}

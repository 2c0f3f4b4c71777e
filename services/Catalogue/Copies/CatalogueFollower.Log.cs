using Microsoft.Extensions.Logging;

namespace EarlyWarning.Catalogue.Copies;

internal static partial class CatalogueFollowerLog
{
    [LoggerMessage(14001, LogLevel.Debug, "The catalogue is at revision {Revision}.")]
    public static partial void Followed(this ILogger<CatalogueFollower> logger, long revision);

    [LoggerMessage(
        14002,
        LogLevel.Warning,
        "The catalogue stays at revision {Revision} until its writer, in a process that runs indicators, answers; it is asked every second."
    )]
    public static partial void CatalogueNotFollowed(this ILogger<CatalogueFollower> logger, long revision, Exception exception);
}

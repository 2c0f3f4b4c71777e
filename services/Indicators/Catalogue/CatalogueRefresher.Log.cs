using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Catalogue;

internal static partial class CatalogueRefresherLog
{
    [LoggerMessage(3011, LogLevel.Debug, "The catalogue is at revision {Revision}.")]
    public static partial void Refreshed(this ILogger<CatalogueRefresher> logger, long revision);

    [LoggerMessage(3012, LogLevel.Warning, "The catalogue stays at revision {Revision} until its writer answers; it is asked every second.")]
    public static partial void NotRefreshed(this ILogger<CatalogueRefresher> logger, long revision, Exception exception);
}

using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Catalogue;

internal static partial class CatalogueGrainLog
{
    [LoggerMessage(3001, LogLevel.Error, "A change of the catalogue could not be journalled; the journal is opened again at the next one.")]
    public static partial void NotWritten(this ILogger<CatalogueGrain> logger, Exception exception);
}

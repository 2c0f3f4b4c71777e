using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Loading;

internal static partial class FrameworkLoaderLog
{
    [LoggerMessage(3021, LogLevel.Debug, "Loaded {File}; the catalogue is at revision {Revision}.")]
    public static partial void FrameworkLoaded(this ILogger<FrameworkLoader> logger, string file, long revision);

    [LoggerMessage(3022, LogLevel.Error, "{Fault}")]
    public static partial void Refused(this ILogger<FrameworkLoader> logger, string fault);

    [LoggerMessage(3023, LogLevel.Information, "{File} waits for the catalogue: {Reason}")]
    public static partial void Waiting(this ILogger<FrameworkLoader> logger, string file, string reason);

    [LoggerMessage(3024, LogLevel.Warning, "{File} is passed over: {Framework} was retired.")]
    public static partial void PassedOver(this ILogger<FrameworkLoader> logger, string file, string framework);
}

using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Journals;

internal sealed partial class SegmentMerger
{
    [LoggerMessage(1101, LogLevel.Debug, "Merging is put off until the next snapshot: {Reason}")]
    private static partial void LogPutOff(ILogger logger, string reason);

    [LoggerMessage(1102, LogLevel.Error, "A journal cannot be merged because it is damaged")]
    private static partial void LogDamaged(ILogger logger, Exception exception);
}

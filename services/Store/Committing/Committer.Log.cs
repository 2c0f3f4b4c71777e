using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Committing;

internal sealed partial class Committer
{
    [LoggerMessage(1001, LogLevel.Error, "The store is unavailable: {Reason}")]
    private partial void LogStoreUnavailable(string reason);

    [LoggerMessage(1002, LogLevel.Information, "The store is available again")]
    private partial void LogAvailable();

    [LoggerMessage(1003, LogLevel.Warning, "The store was lost while it committed {Count} changes; what happened is read from it")]
    private partial void LogUnclear(int count);
}

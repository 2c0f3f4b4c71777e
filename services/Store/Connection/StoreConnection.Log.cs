using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Connection;

public sealed partial class StoreConnection
{
    [LoggerMessage(1004, LogLevel.Warning, "The embedded store in {Folder} does not confirm writes and is started anew")]
    private static partial void LogRestarting(ILogger logger, string folder);

    [LoggerMessage(1005, LogLevel.Warning, "The last checkpoint failed; the next start takes longer")]
    private static partial void LogNoCheckpoint(ILogger logger, Exception exception);
}

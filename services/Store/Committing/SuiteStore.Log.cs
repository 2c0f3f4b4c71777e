using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Committing;

public sealed partial class SuiteStore
{
    [LoggerMessage(1032, LogLevel.Warning, "{Note}")]
    private partial void LogOdd(string note);

    [LoggerMessage(1033, LogLevel.Warning, "The store was taken over as it is, and is in use in epoch {Epoch}")]
    private partial void LogTaken(string epoch);

    [LoggerMessage(1034, LogLevel.Information, "The backup {File} is complete: {Bytes} bytes, {Entries} entries of journals, {Seconds} s")]
    private partial void LogBackup(string file, long bytes, long entries, double seconds);

    [LoggerMessage(1035, LogLevel.Warning, "The start waits for the store. {Why}")]
    private partial void LogAwaited(string why);

    [LoggerMessage(1036, LogLevel.Warning, "{Place} can be used, and the start goes on after {Seconds:0} s")]
    private partial void LogThere(string place, double seconds);
}

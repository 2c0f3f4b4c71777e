namespace EarlyWarning.Host.Status;

internal static partial class ServerServiceLog
{
    [LoggerMessage(1, LogLevel.Warning, "The status source {Source} does not answer.")]
    public static partial void SourceFailed(this ILogger logger, string source, Exception exception);
}

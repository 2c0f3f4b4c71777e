namespace EarlyWarning.Host.Composition;

internal static partial class SuiteHostLog
{
    [LoggerMessage(9041, LogLevel.Warning, "{Warning}")]
    public static partial void SettingUnknown(this ILogger logger, string warning);
}

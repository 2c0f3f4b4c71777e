using Microsoft.Extensions.Logging;

namespace EarlyWarning.Access.Issuers;

internal static partial class AccessFileLog
{
    [LoggerMessage(8001, LogLevel.Information, "Rules {File}: {Issuers} issuers and {Grants} grants are in force")]
    public static partial void RulesTaken(this ILogger logger, string file, int issuers, int grants);

    [LoggerMessage(8002, LogLevel.Error, "The file of rules is not in force as it is now. {Problem}")]
    public static partial void RulesNotTaken(this ILogger logger, string problem);

    [LoggerMessage(
        8003,
        LogLevel.Warning,
        "There is a file of rules now, {File}: from now on every caller needs a token or a key, and the suite is not opened again before "
            + "a new start"
    )]
    public static partial void RulesClosed(this ILogger logger, string file);
}

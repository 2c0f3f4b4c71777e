using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EarlyWarning.Host.Composition;

/// <summary>
/// One line a message, which ends with the id of the trace that it belongs to, where it belongs to one. As a service of systemd each line
/// begins with its priority instead of a time, which the journal has.
/// </summary>
internal sealed class SuiteLineFormatter() : ConsoleFormatter(FormatterName)
{
    /// <summary>The name under which it is chosen.</summary>
    public const string FormatterName = "suite";

    private static readonly bool s_journal = SystemdHelpers.IsSystemdService();

    /// <inheritdoc />
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var (level, priority) = Say(logEntry.LogLevel);
        textWriter.Write(
            s_journal
                ? $"<{priority}>"
                : string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {level}: ")
        );
        textWriter.Write(string.Create(CultureInfo.InvariantCulture, $"{logEntry.Category}[{logEntry.EventId.Id}] "));
        textWriter.Write(OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write($" {OneLine(exception.ToString())}");
        }

        textWriter.WriteLine(Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? $" trace={span.TraceId}" : "");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static (string Level, int Priority) Say(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => ("trce", 7),
            LogLevel.Debug => ("dbug", 7),
            LogLevel.Information => ("info", 6),
            LogLevel.Warning => ("warn", 4),
            LogLevel.Error => ("fail", 3),
            _ => ("crit", 2),
        };
}

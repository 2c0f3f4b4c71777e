using EarlyWarning.Host.Starting;
using Microsoft.Extensions.Logging.Console;

namespace EarlyWarning.Host.Composition;

/// <summary>
/// What the console shows: one line a message, for people or as JSON, and of the frameworks only what somebody must know. Both name the
/// trace that a message belongs to.
/// </summary>
internal static class SuiteLogging
{
    private const string Choice = "Logging:Console:FormatterName";

    /// <summary>Adds the console, in the form that the configuration asks for by .NET's own setting.</summary>
    /// <exception cref="StartException">It asks for a form that there is not.</exception>
    public static ILoggingBuilder AddSuiteLogging(this ILoggingBuilder logging, IConfiguration configuration) =>
        logging
            .ClearProviders()
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddConsole(
                configuration[Choice] switch
                {
                    null or "" or SuiteLineFormatter.FormatterName => SuiteLineFormatter.FormatterName,
                    ConsoleFormatterNames.Json => ConsoleFormatterNames.Json,
                    var other => throw new StartException(
                        $"{Choice.Replace(":", "__", StringComparison.Ordinal)} is {other}. Set it to "
                            + $"{SuiteLineFormatter.FormatterName}, for lines, or to json."
                    ),
                }
            )
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Error)
            // What a service throws is logged where it is translated; what is left is a message that cannot be read, which its sender is
            // told.
            .AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.None)
            // What fails at the start is told in one line by Program; what is not ready yet, by /readyz.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
            .AddFilter("StoreWrapper", LogLevel.None)
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
            // Of silos that come and go the membership tells, and of strangers at their port; what a call meets its caller is told.
            .AddFilter("Orleans", LogLevel.Error)
            .AddFilter("Orleans.Runtime.MembershipService", LogLevel.Warning)
            .AddFilter("Orleans.Connections.Security", LogLevel.Warning)
            .AddFilter("Orleans.Messaging", LogLevel.Critical)
            .AddFilter("Orleans.Runtime.GrainDirectory", LogLevel.Critical)
            .AddFilter("Orleans.Runtime.GrainCallCancellationManager", LogLevel.Critical)
            .AddFilter("Polly", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

    private static ILoggingBuilder AddConsole(this ILoggingBuilder logging, string formatter) =>
        logging
            .Configure(tracking => tracking.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId)
            .AddConsoleFormatter<SuiteLineFormatter, ConsoleFormatterOptions>()
            .AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                console.UseUtcTimestamp = true;
            })
            .AddConsole(console => console.FormatterName = formatter);
}

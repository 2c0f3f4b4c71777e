namespace EarlyWarning.Host.Composition;

/// <summary>What the console shows: one line a message, and of the frameworks only what somebody must know.</summary>
internal static class SuiteLogging
{
    public static ILoggingBuilder AddSuiteLogging(this ILoggingBuilder logging) => logging
        .ClearProviders()
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.UseUtcTimestamp = true;
        })
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Grpc", LogLevel.Error)
        // What a service throws is logged where it is translated; what is left is a message that cannot be read, which its sender is told.
        .AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.None)
        // What fails at the start is told in one line by Program; what is not ready yet, by /readyz.
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
        .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
        .AddFilter("StoreWrapper", LogLevel.None)
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
}

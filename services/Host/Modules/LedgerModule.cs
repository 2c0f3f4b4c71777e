using EarlyWarning.Host.Options;
using EarlyWarning.Ledger;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>The audit and Trace.</summary>
internal static class LedgerModule
{
    public const string Name = "ledger";

    public static Module Module { get; } = new(
        Name,
        Needs: [],
        Add: suite => suite.Services.AddLedger(audit =>
        {
            audit.Retention = suite.Options.AuditRetention;
            audit.Start = StartOf(suite.Options);
        }),
        Map: app => app.MapLedger())
    {
        Serves = [TraceService.Descriptor, AuditService.Descriptor],
    };

    // Taking a store over, or filling one, by the command line is an act like the calls that do so.
    private static string StartOf(SuiteOptions options) => "Started"
        + (options.Resume ? " with --resume, which takes over whatever store there is" : "")
        + (options.RestoreFrom is { } file ? $" with --restore {Path.GetFileName(file)}" : "")
        + $", HTTP at {options.Http}, gRPC at {options.Grpc}.";
}

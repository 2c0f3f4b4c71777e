using EarlyWarning.Host.Options;
using EarlyWarning.Ledger;
using EarlyWarning.Ledger.Audit;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>The audit and Trace.</summary>
internal static class LedgerModule
{
    public static Module Module { get; } =
        new(ServiceNames.Ledger, Add: suite => suite.Services.AddLedger(), Map: app => app.MapLedger())
        {
            Serves =
            [
                ContractService.Of<TraceService.TraceServiceBase>(TraceService.Descriptor),
                ContractService.Of<AuditService.AuditServiceBase>(AuditService.Descriptor),
            ],
        };

    /// <summary>Adds the record of acts and refusals, which each process keeps of its own calls.</summary>
    public static IServiceCollection AddRecord(this IServiceCollection services, SuiteOptions options) =>
        services.AddAudit(audit =>
        {
            options.Settings.Fill("audit", audit);
            audit.Retention = options.AuditRetention;
            audit.Start = StartOf(options);
        });

    // Taking a store over, or filling one, by the command line is an act like the calls that do so.
    private static string StartOf(SuiteOptions options) =>
        "Started"
        + (options.Resume ? " with --resume, which takes over whatever store there is" : "")
        + (options.RestoreFrom is { } file ? $" with --restore {Path.GetFileName(file)}" : "")
        + $", HTTP at {options.Http}, gRPC at {options.Grpc}"
        + (options.Peer is { } peer ? $", other processes at {peer}: {string.Join(", ", options.Services)}." : ".");
}

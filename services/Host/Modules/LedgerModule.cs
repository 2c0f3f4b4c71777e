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
        Add: suite => suite.Services.AddLedger(audit => audit.Retention = suite.Options.AuditRetention),
        Map: app => app.MapLedger())
    {
        Serves = [TraceService.Descriptor, AuditService.Descriptor],
    };
}

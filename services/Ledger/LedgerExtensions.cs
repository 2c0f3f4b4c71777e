using EarlyWarning.Ledger.Audit;
using EarlyWarning.Ledger.Trace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Ledger;

/// <summary>Registers Ledger: the audit, and Trace, which walks the way of a warning from any of its ids.</summary>
public static class LedgerExtensions
{
    /// <summary>
    /// Adds the service. Needs the suite's particulars, the store, a grain factory and the record of
    /// <see cref="AuditExtensions.AddAudit"/>.
    /// </summary>
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddGrpc();
        services.AddSingleton<Tracer>();
        return services;
    }

    /// <summary>Maps the gRPC service.</summary>
    public static IEndpointRouteBuilder MapLedger(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<TraceApi>();
        app.MapGrpcService<AuditApi>();
        return app;
    }
}

using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.ServiceDefaults.Status;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Ledger.Audit;

/// <summary>Registers the record of acts and refusals, which every process of a suite has, whatever services it runs.</summary>
public static class AuditExtensions
{
    /// <summary>Adds it. Needs the store.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, Action<AuditOptions>? configure)
    {
        var options = new AuditOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddHostedService<AuditWriter>();
        services.AddSingleton<IStatusSource, AuditLine>();
        return services;
    }
}

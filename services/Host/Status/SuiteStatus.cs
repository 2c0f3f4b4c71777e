using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Tls;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.Host.Status;

/// <summary>What the composition itself has to say: the process, intake, store and disk, clock, keys, delivery.</summary>
internal static class SuiteStatus
{
    /// <summary>Adds what is to be said of several processes: what they say themselves, and whether they run everything.</summary>
    public static IServiceCollection AddPeerStatus(this IServiceCollection services, SuiteOptions options)
    {
        services.AddSingleton(new ProcessAddress(options.Peer!.ToString()));
        services.AddSingleton<PeerSurvey>();
        services.AddSingleton<IStatusSource, ServicesLine>();
        services.AddSingleton<IStatusSource, SilosLine>();
        foreach (var module in ModuleTable.Without(options).Where(module => module.Serves.Count > 0))
        {
            services
                .AddHealthChecks()
                .Add(
                    new(
                        ServiceHealth.Elsewhere(module),
                        provider => new ElsewhereCheck(provider.GetRequiredService<LiveProcesses>(), module.Name),
                        null,
                        []
                    )
                );
        }

        return services;
    }

    public static IServiceCollection AddSuiteStatus(this IServiceCollection services, TlsCertificates? tls = null)
    {
        services.AddSingleton<IStatusSource, ProcessLines>();
        services.AddSingleton<IStatusSource, StoreLines>();
        services.AddSingleton<IStatusSource, ClockLine>();
        services.AddSingleton<IStatusSource, KeysLine>();
        services.AddSingleton<IStatusSource, IssuersLine>();
        services.AddSingleton<IStatusSource, OutboxLine>();
        if (tls is not null)
        {
            services.AddSingleton<IStatusSource>(new TlsLine(tls));
        }

        services.AddSingleton<DeliveryLines>();
        services.AddSingleton<IStatusSource>(provider => provider.GetRequiredService<DeliveryLines>());
        services.AddSingleton<StatusSurvey>();
        services.AddSingleton<ServerInfo>();
        services.AddSingleton<SuiteInfo>();
        services.AddSingleton<StatusReader>();
        services.AddSingleton<StoreChecks>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusSurvey>());
        services
            .AddHealthChecks()
            .AddCheck<Liveness>("loops", tags: [HealthTags.Live])
            .AddCheck<StoreReadiness>(ServiceHealth.Store, tags: [HealthTags.Ready]);
        return services;
    }
}

/// <summary>Not ready while nothing can be made durable.</summary>
internal sealed class StoreReadiness(IStoreHealth store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            store.Status is { Available: false, Reason: var reason } ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy()
        );
}

/// <summary>
/// Whether a restart would help: a loop has died or hangs. Never that a store, a broker or a receiver is away, which a restart does not
/// bring back.
/// </summary>
internal sealed class Liveness(Heartbeats heartbeats) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var all = heartbeats.All;
        var stalled = Stalled(all);
        return Task.FromResult(
            stalled.Length > 0
                ? HealthCheckResult.Unhealthy($"{stalled}. Restart the process: nothing that was acknowledged is lost.")
                : HealthCheckResult.Healthy($"These go on: {string.Join(", ", all.Select(heartbeat => heartbeat.Name))}.")
        );
    }

    /// <summary>Which of the loops have died or hang, and for how long; empty where none has.</summary>
    public static string Stalled(IReadOnlyList<Heartbeat> all) =>
        string.Join(
            "; ",
            all.Where(heartbeat => heartbeat.IsStalled)
                .Select(heartbeat =>
                    FormattableString.Invariant($"{heartbeat.Name} has not gone on for {heartbeat.Silence.TotalSeconds:0} s")
                )
        );
}

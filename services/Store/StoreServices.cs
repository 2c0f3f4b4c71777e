using EarlyWarning.Store.Archiving;
using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Configuration;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Health;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Migrations;
using EarlyWarning.Store.Outbox;
using EarlyWarning.Store.Processes;
using EarlyWarning.Store.Requests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store;

/// <summary>Registers the store.</summary>
public static class StoreServices
{
    /// <summary>
    /// Adds the store by options. It is started before any hosted service and closed when the container is disposed, after all of them have
    /// stopped.
    /// </summary>
    public static IServiceCollection AddStore(this IServiceCollection services, StoreOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SuiteStore(
            options,
            provider.GetServices<Migration>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()
        ));
        return services.AddParts();
    }

    /// <summary>Adds a store that is started already. Whoever started it disposes it, last of all.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, SuiteStore store)
    {
        services.TryAddSingleton(TimeProvider.System);

        // As instances, which a container does not dispose.
        services.AddSingleton(store).AddSingleton<IStore>(store).AddSingleton<IStoreHealth>(store);
        return services.AddParts();
    }

    /// <summary>
    /// Adds a reader of a queue of due times: <paramref name="wake"/> is called for each member that is due, at the start and every second,
    /// in one process of all that share the store, and again until the member's owner sets or removes its due time. It may be called at the
    /// same time for several members, but for one only where a call ignores that its token is cancelled after 30 s.
    /// </summary>
    public static IServiceCollection AddDueReader(
        this IServiceCollection services,
        string queue,
        Func<IServiceProvider, DueTime, CancellationToken, Task> wake
    ) =>
        services.AddSingleton<IHostedService>(provider => new DueReader(
            new(queue, (due, cancellationToken) => wake(provider, due, cancellationToken)),
            provider.GetRequiredService<IDueTimes>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DueReader>>(),
            provider.GetRequiredService<IStoreHealth>(),
            provider.GetService<SuiteClock>(),
            provider.GetService<Heartbeats>()
        ));

    private static IServiceCollection AddParts(this IServiceCollection services)
    {
        services.AddHostedService<StoreStarter>();
        services.AddHostedService<StoreEnding>();
        services.AddSingleton(provider => provider.GetRequiredService<SuiteStore>().Heartbeats);
        services.TryAddSingleton<IStore>(provider => provider.GetRequiredService<SuiteStore>());
        services.TryAddSingleton<IStoreHealth>(provider => provider.GetRequiredService<SuiteStore>());
        services.AddSingleton<IJournals, SqlJournals>();
        services.AddSingleton<IDueTimes, SqlDueTimes>();
        services.AddSingleton<IProcesses, SuiteProcesses>();
        services.AddSingleton<IOutbox, SqlOutbox>();
        services.AddSingleton<IOwedEvents, OwedEvents>();
        services.AddSingleton<RequestTable>();
        services.AddSingleton<AuditChain>();
        services.AddHostedService<RequestSweeper>();
        services.AddSingleton<JournalArchiver>();
        services.AddHostedService<ArchivingService>();
        services.AddSingleton<IInvariant, JournalInvariant>();
        services.AddSingleton<IInvariant, OutboxInvariant>();
        services.AddSingleton<IInvariant, AuditInvariant>();
        return services;
    }
}

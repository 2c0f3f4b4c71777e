using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Connection;

/// <summary>Writes one small value durably each second and keeps what came of it.</summary>
internal sealed partial class HealthProbe(StoreConnection store, TimeProvider time, ILogger<HealthProbe> logger) : BackgroundService, IStoreHealth
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private StoreStatus _status = new(true, "", null, null, null);

    public StoreStatus Status => Volatile.Read(ref _status);

    /// <summary>Tries one write now.</summary>
    public async Task ProbeAsync()
    {
        var reason = "";
        try
        {
            await store.RunAsync(db => db.StringSetAsync("ew:probe", time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
        catch (StoreUnavailableException exception)
        {
            reason = exception.Message;
        }

        var folder = store.Folder;
        StoreStatus status = new(reason.Length == 0, reason, folder, folder is null ? null : DiskSpace.Free(folder), folder is null ? null : DiskSpace.Used(folder));
        if (status.Available != Status.Available)
        {
            if (status.Available)
            {
                LogAvailable(logger);
            }
            else
            {
                LogUnavailable(logger, reason);
            }
        }

        Volatile.Write(ref _status, status);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        do
        {
            await ProbeAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

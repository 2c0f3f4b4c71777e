using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Connection;

/// <summary>Writes one small value durably each second and keeps what came of it.</summary>
internal sealed partial class HealthProbe(StoreConnection store, TimeProvider time, ILogger<HealthProbe> logger) : BackgroundService, IStoreHealth
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private const int RestartAfter = 20;
    private const long RoomToRestart = 16 * 1024 * 1024;
    private int _failures;
    private StoreStatus _status = new(true, "", null, null, null);

    public StoreStatus Status => Volatile.Read(ref _status);

    /// <summary>Tries one write now.</summary>
    public async Task ProbeAsync()
    {
        var reason = "";
        try
        {
            await store.MarkAsync(time.GetUtcNow());
        }
        catch (StoreUnavailableException exception)
        {
            reason = exception.Message;
        }

        var folder = store.Folder;
        if (folder is not null)
        {
            await HealAsync(reason.Length > 0);
        }

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

    /// <summary>A failed write leaves the embedded server standing still for good: it must be started anew, once the cause may be gone.</summary>
    private async Task HealAsync(bool failed)
    {
        _failures = failed ? _failures + 1 : 0;
        if (_failures == 0 || DiskSpace.Free(store.Folder!) is < RoomToRestart)
        {
            return;
        }

        try
        {
            // A machine that is merely busy must not lose its connections over it.
            if (_failures < RestartAfter && !await store.IsEmbeddedBrokenAsync(s_every))
            {
                return;
            }

            await store.RestartEmbeddedAsync(CancellationToken.None);
            _failures = 0;
        }
#pragma warning disable CA1031 // It is tried again, at the next probe.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotRestarted(logger, exception);
        }
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

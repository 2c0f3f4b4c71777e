using System.Net;
using Garnet;
using Garnet.server;
using Garnet.server.Auth.Settings;
using Microsoft.Extensions.Logging;
using Tsavorite.core;

namespace EarlyWarning.Store.Embedded;

/// <summary>One run of Garnet in this process on a data folder. What it acknowledges is on the disk.</summary>
internal sealed class EmbeddedServer : GarnetServer
{
    /// <summary>Bytes of a page of the log. An entry must fit on one, and it is at least twice the main log's.</summary>
    internal const int LogPage = 8 << 20;

    /// <summary>Bytes of a file of the log.</summary>
    internal const int LogSegment = 16 << 20;

    private const int MinThreads = 32;

    private EmbeddedServer(GarnetServerOptions options, ILoggerFactory loggers)
        : base(options, loggers)
    {
    }

    /// <summary>Recovers what the folder holds and starts to listen.</summary>
    public static EmbeddedServer Start(string folder, IPEndPoint endpoint, string password, StoreOptions options, ILoggerFactory loggers)
    {
        EmbeddedServer server = new(Settings(folder, endpoint, password, options), loggers);
        try
        {
            server.Start();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether a write to the log has failed. The server then confirms nothing any more until it is started anew; one that is merely slow goes on.
    /// </summary>
    public async Task<bool> IsBrokenAsync(TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        try
        {
            await storeWrapper.appendOnlyFile.Log.WaitForCommitAsync(token: limit.Token);
            return false;
        }
        catch (CommitFailureException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Writes a checkpoint and lets go of the log before it, unless another one is under way.</summary>
    public Task<CheckpointStatus> CheckpointAsync(CancellationToken cancellationToken) => storeWrapper.TakeCheckpointAsync(background: false, token: cancellationToken);

    private static GarnetServerOptions Settings(string folder, IPEndPoint endpoint, string password, StoreOptions options) => new()
    {
        EndPoints = [endpoint],
        QuietMode = true,
        AuthSettings = new PasswordAuthenticationSettings(password),
        MaxDatabases = 1,

        // An answer is sent when the log that holds the change is on the disk; without file buffering switched on the log would be opened O_DIRECT
        // and never flushed.
        EnableAOF = true,
        WaitForCommit = true,
        CommitFrequencyMs = 0,
        DeviceType = DeviceType.RandomAccess,
        DeviceFactoryCreator = new EmbeddedDevices(new LocalStorageNamedDeviceFactoryCreator(disableFileBuffering: false, deviceType: DeviceType.RandomAccess)),

        // A session keeps its thread while it waits for the disk; with one thread a core the completions that it waits for would queue behind it.
        ThreadPoolMinThreads = MinThreads,

        // An error must not start an empty store.
        Recover = true,
        FailOnRecoveryError = true,
        CheckpointDir = folder,

        // Without the tier on disk Garnet is a cache and forgets what does not fit into memory.
        EnableStorageTier = true,
        LogDir = Path.Combine(folder, "log"),
        LogMemorySize = $"{options.MemoryMegabytes}m",
        PageSize = "4m",
        SegmentSize = "64m",
        ObjectLogSegmentSize = "64m",
        IndexMemorySize = "8m",
        IndexMaxMemorySize = "1g",

        AofMemorySize = "32m",
        AofPageSize = $"{LogPage >> 20}m",
        AofSegmentSize = $"{LogSegment >> 20}m",

        // The log is replayed after a crash: a checkpoint at this size keeps that short.
        AofSizeLimit = $"{options.CheckpointMegabytes}m",
        AofSizeLimitEnforceFrequencySecs = 1,
    };
}

using EarlyWarning.Access.Admission;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Processes;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// Sees to it that no process lets everybody in while another of its suite asks who calls: each says in its row whether it asks, and one
/// that does not lets nobody in as soon as another does.
/// </summary>
internal sealed partial class SuiteAccessWatch(
    AnonymousAccess anonymous,
    IProcesses processes,
    LiveProcesses live,
    TimeProvider time,
    ILogger<SuiteAccessWatch> logger
) : BackgroundService
{
    /// <summary>Under which name a process says among its files that it asks.</summary>
    public const string Asking = "callers";

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    /// <summary>Looks before anything is served, so that a process is at no moment open that joins a suite that is not.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RoundAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Says whether this process asks, and looks at the others.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (anonymous.Asks)
        {
            processes.GoBy(Asking, "asked");
        }
        else if (anonymous.IsOpen)
        {
            try
            {
                if ((await live.ListAsync(cancellationToken)).FirstOrDefault(process => process.Files.ContainsKey(Asking)) is { } other)
                {
                    anonymous.Shut(other.Peer);
                    LogShut(other.Peer);
                }
            }
            catch (StoreUnavailableException)
            {
                // Looked at again in a second; what the store keeps cannot be called for either.
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    [LoggerMessage(
        9011,
        LogLevel.Error,
        "Nobody can call what runs in this process: the suite's process at {Peer} asks who calls, and this one was given no file of keys. "
            + "Start it anew with --keys"
    )]
    private partial void LogShut(string peer);
}

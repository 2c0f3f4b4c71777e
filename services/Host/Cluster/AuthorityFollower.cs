using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// Gives the suite another authority where this process has taken the store over under a new epoch: who was a member of the old one is
/// none.
/// </summary>
internal sealed partial class AuthorityFollower(
    SuiteAuthority authority,
    IStore store,
    TimeProvider time,
    ILogger<AuthorityFollower> logger
) : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_poll, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FollowAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (authority.Epoch != store.Identity.Epoch)
            {
                await authority.OpenAsync(cancellationToken);
                LogAnew(authority.Epoch);
            }
        }
        catch (StoreUnavailableException exception)
        {
            LogNotYet(exception.Message);
        }
    }

    [LoggerMessage(9001, LogLevel.Warning, "The store is of epoch {Epoch} now: processes of the former one are no members any longer.")]
    private partial void LogAnew(string epoch);

    [LoggerMessage(
        9002,
        LogLevel.Warning,
        "By what the suite's processes know each other under the new epoch could not be made yet: {Why}"
    )]
    private partial void LogNotYet(string why);
}

using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// Gives the suite another authority where this process has taken the store over under a new epoch: who was a member of the old one is
/// none; and lets it hear the store's clock again and again.
/// </summary>
internal sealed partial class AuthorityFollower(
    SuiteAuthority authority,
    IStore store,
    TimeProvider time,
    ILogger<AuthorityFollower> logger
) : BackgroundService
{
    private const int HearsEvery = 30;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_poll, time);
        try
        {
            for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
            {
                await FollowAsync(round % HearsEvery == 0, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task FollowAsync(bool hears, CancellationToken cancellationToken)
    {
        try
        {
            if (hears)
            {
                await authority.HearStoreAsync(cancellationToken);
            }

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
        "By what the suite's processes know each other could not be made anew, or the time of it not be asked, yet: {Why}"
    )]
    private partial void LogNotYet(string why);
}

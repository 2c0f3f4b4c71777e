using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Escalation.Grains;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Store.Health;
using Google.Protobuf;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Escalation.Review;

/// <summary>
/// Looks after what no deadline wakes: steps that nobody could be asked at, when the directory has changed, and deadlines that a clock
/// which was ahead has set too far away.
/// </summary>
internal sealed partial class CaseReview(
    CaseReader reader,
    IGrainFactory grains,
    IStoreHealth health,
    TimeProvider time,
    ILogger<CaseReview> logger
) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(2);

    private int _directory;

    /// <summary>Wakes the cases that need a review.</summary>
    public async Task ReviewAsync(CancellationToken cancellationToken)
    {
        if (health.Quiet.Length > 0)
        {
            return;
        }

        var directory = Fingerprint(await grains.GetGrain<IDirectoryGrain>(0).ListAsync().WaitAsync(cancellationToken));
        var (changed, all) = (directory != _directory, true);
        foreach (var country in await reader.ToReviewAsync(time.GetUtcNow(), changed, cancellationToken))
        {
            all &= await TryWakeAsync(country, cancellationToken);
        }

        // Where one failed, all are looked at again.
        _directory = all ? directory : 0;
    }

    /// <summary>One country that cannot be looked at keeps no other from it.</summary>
    private async Task<bool> TryWakeAsync(string country, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<ICaseGrain>(country).WakeAsync().WaitAsync(cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // Whatever it is, the others are looked at.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotReviewed($"{country}: {exception.Message}");
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        try
        {
            do
            {
                try
                {
                    await ReviewAsync(stoppingToken);
                }
#pragma warning disable CA1031 // Whatever one look meets, the next one is made: nothing else looks.
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogNotReviewed(exception.Message);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    // 0 stands for a directory that was not looked at yet.
    private static int Fingerprint(IReadOnlyList<V1.Recipient> recipients)
    {
        HashCode code = default;
        foreach (var recipient in recipients)
        {
            code.AddBytes(recipient.ToByteArray());
        }

        return code.ToHashCode() | 1;
    }

    [LoggerMessage(4111, LogLevel.Warning, "Open cases could not be reviewed, and will be: {Reason}")]
    private partial void LogNotReviewed(string reason);
}

using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Store.Archiving;

/// <summary>Lets the archiver do a round at the start and each minute.</summary>
internal sealed class ArchivingService(JournalArchiver archiver, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        do
        {
            await archiver.RoundAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk.Waking;

/// <summary>
/// Wakes every country that has a journal when the catalogue has changed, and once after the start, in case a change came while nothing
/// ran: then few at once, because each is opened by it, and who calls comes first. A country that is not reached takes the change in before
/// its next observation
/// all the same.
/// </summary>
internal sealed partial class CataloguePusher(
    ICatalogue catalogue,
    IJournals journals,
    IGrainFactory grains,
    Readiness readiness,
    TimeProvider time,
    ILogger<CataloguePusher> logger
) : BackgroundService
{
    private const int AtOnce = 16;
    private const int AtOnceAfterStart = 2;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long pushed = 0;
        await readiness.AfterStartAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await catalogue.ChangedAsync(pushed, stoppingToken);
                var revision = catalogue.Current.Revision;
                await PushAsync(pushed == 0 ? AtOnceAfterStart : AtOnce, stoppingToken);
                pushed = revision;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever fails is tried again: the push is what makes a change reach countries that hear nothing else.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogNotPushed(exception.Message);
                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task PushAsync(int atOnce, CancellationToken cancellationToken)
    {
        var names = await journals.ListAsync(JournalNames.Prefix, cancellationToken);
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (name, _) => await grains.GetGrain<ICountryGrain>(JournalNames.CountryOf(name)).WakeAsync()
        );
    }

    [LoggerMessage(7031, LogLevel.Warning, "A change of the catalogue has not reached every country yet: {Why}")]
    private partial void LogNotPushed(string why);
}

using EarlyWarning.Contracts.Countries;
using EarlyWarning.Contracts.Placement;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk.Waking;

/// <summary>
/// Sees to it that countries are at home where silos come or go: those that are open here and at home elsewhere are closed, and open there;
/// those at home here that were lost with their silo are opened, so that what they had still to say, to rankings above all, is said though
/// nobody calls them.
/// </summary>
internal sealed partial class CountryMover(
    IClusterManifestProvider cluster,
    ILocalSiloDetails own,
    LocalCountries countries,
    IJournals journals,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<CountryMover> logger
) : BackgroundService
{
    private const int AtOnce = 2;
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);
    private static readonly GrainType s_type = GrainType.Create(CountryGrain.Type);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<SiloAddress> known = [];
        try
        {
            await foreach (var _ in cluster.Updates.WithCancellation(stoppingToken))
            {
                // Where silos come and go meanwhile, the newest view counts; at the start there is nothing to move yet.
                for (var done = false; !done; )
                {
                    var silos = Silos();
                    done = known.SetEquals(silos) || known.Count == 0 || await TryMoveAsync(silos, stoppingToken);
                    known = done ? silos : known;
                    await (done ? Task.CompletedTask : Task.Delay(s_again, time, stoppingToken));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    private HashSet<SiloAddress> Silos() =>
        [.. cluster.Current.Silos.Where(silo => silo.Value.Grains.ContainsKey(s_type)).Select(silo => silo.Key)];

    private async Task<bool> TryMoveAsync(HashSet<SiloAddress> silos, CancellationToken cancellationToken)
    {
        try
        {
            if (silos.Contains(own.SiloAddress))
            {
                var kept = await journals.ListAsync(JournalNames.Prefix, cancellationToken);
                await EachAsync(countries.Open.Keys.Where(country => !IsHere(country, silos)), CloseAsync, cancellationToken);
                await EachAsync(
                    kept.Select(name => JournalNames.CountryOf(name))
                        .Where(country => IsHere(country, silos) && !countries.Open.ContainsKey(country)),
                    country => grains.GetGrain<ICountryGrain>(country).WakeAsync(),
                    cancellationToken
                );
            }

            return true;
        }
#pragma warning disable CA1031 // Whatever a country meets, the round is made again.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotMoved(exception.Message);
            return false;
        }
    }

    private bool IsHere(string country, HashSet<SiloAddress> silos) =>
        HomePlacement.Of(GrainId.Create(s_type, country), silos).Equals(own.SiloAddress);

    private async Task CloseAsync(string country)
    {
        if (countries.Open.TryGetValue(country, out var activation))
        {
            activation.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "Its home is another silo."));
            await activation.Deactivated;
            await grains.GetGrain<ICountryGrain>(country).WakeAsync();
        }
    }

    private static Task EachAsync(IEnumerable<string> codes, Func<string, Task> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            codes.ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (code, _) => await act(code)
        );

    [LoggerMessage(7021, LogLevel.Warning, "Not every country is where it is at home yet: {Why}")]
    private partial void LogNotMoved(string why);
}

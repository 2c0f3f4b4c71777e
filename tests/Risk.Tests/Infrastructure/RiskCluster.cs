using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Contracts.Placement;
using EarlyWarning.Contracts.Serialization;
using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Risk.Arming;
using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Sequences;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>A silo in this process with the country, ranking and register grains, on journals in memory.</summary>
internal sealed class RiskCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private RiskCluster(FakeCatalogue catalogue, TimeSpan reportEvery, SuiteClock clock)
    {
        (Catalogue, Journals) = (catalogue, new(clock, RiskExtensions.Migrations));
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                Journals.Register(silo.Services);
                silo.Services.AddContractSerialization()
                    .AddContractPlacement()
                    .AddSingleton<ICatalogue>(catalogue)
                    .AddSingleton(new Suite(true, ""))
                    .AddSingleton(new RiskOptions { SnapshotEvery = 50, ReportEvery = reportEvery })
                    .AddKeyedSingleton<IEventPublisher>(RiskExtensions.AppId, Publisher)
                    .AddOutbox(RiskExtensions.AppId)
                    .AddSingleton(clock)
                    .AddRiskCore();
            }
        );
        builder.ConfigureClient(client => client.Services.AddContractSerialization());
        _cluster = builder.Build();
    }

    public TestStore Journals { get; }

    public TestStore DueTimes => Journals;

    public RecordingPublisher Publisher { get; } = new();

    public FakeCatalogue Catalogue { get; }

    public IGrainFactory Grains => _cluster.Client;

    public ICountryGrain Country => Of("XAA");

    public IBreachRegisterGrain Register => _cluster.Client.GetGrain<IBreachRegisterGrain>(0);

    public RiskArming Arming => _cluster.Silos[0].ServiceProvider.GetRequiredService<RiskArming>();

    public LocalCountries Local => _cluster.Silos[0].ServiceProvider.GetRequiredService<LocalCountries>();

    public IRankingGrain Ranking => _cluster.Client.GetGrain<IRankingGrain>(Samples.Framework);

    public IEnumerable<CountryEntry> Entries => Journals.Entries("risk/XAA").Select(entry => EntryReader.Parse(entry.Payload));

    public static async Task<RiskCluster> StartAsync(
        FakeCatalogue? catalogue = null,
        TimeSpan? reportEvery = null,
        SuiteClock? clock = null
    )
    {
        var cluster = new RiskCluster(
            catalogue ?? new FakeCatalogue().Put(Samples.Small()).Put(Samples.Above(60)),
            reportEvery ?? TimeSpan.FromMilliseconds(1),
            clock ?? new SuiteClock(TimeProvider.System)
        );
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public ICountryGrain Of(string country) => _cluster.Client.GetGrain<ICountryGrain>(country);

    /// <summary>Records a breach's change as a country does.</summary>
    public async Task RecordAsync(V1.Breach breach)
    {
        var sequence = _cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<ChangeSequence>(BreachRows.Changes);
        await Journals.CommitAsync(
            new Unit().Record(breach, Journals.Identity.Epoch, DateTimeOffset.UtcNow, sequence),
            CancellationToken.None
        );
        sequence.Signal();
    }

    public Task<IntakeAnswer> RecordAsync(params V1.Observation[] items) => Country.RecordAsync(new(items, false));

    /// <summary>Observes the same value for all indicators now.</summary>
    public Task<IntakeAnswer> ObserveAsync(double value, string id)
    {
        var now = DateTimeOffset.UtcNow;
        return RecordAsync([
            .. new[] { "killings", "threats", "courts" }.Select(indicator =>
                Samples.Observation(indicator, value, now, $"{id}-{indicator}")
            ),
        ]);
    }

    /// <summary>Says that the suite is about to stop, as Ctrl-C does.</summary>
    public void AnnounceStop() => _cluster.Silos[0].ServiceProvider.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    /// <summary>Ends all activations, as a restart would, but without a clean end of the country's work.</summary>
    public Task DeactivateAsync() => _cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Journals.DisposeAsync();
    }
}

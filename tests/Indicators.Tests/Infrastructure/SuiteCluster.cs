using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Contracts.Serialization;
using EarlyWarning.Indicators.Intake;
using EarlyWarning.Indicators.Loading;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace EarlyWarning.Indicators.Tests.Infrastructure;

/// <summary>A silo with the whole Indicators service, journals in memory and countries that follow a script.</summary>
public sealed class SuiteCluster : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("ew-indicators-").FullName;
    private InProcessTestCluster? _cluster;

    /// <summary>What the countries answer.</summary>
    public CountryScript Script { get; } = new();

    internal TestStore Journals { get; } = new(TimeProvider.System, IndicatorsExtensions.Migrations);

    internal IServiceProvider Services => _cluster!.Silos[0].ServiceProvider;

    internal SiloCatalogue Catalogue => Services.GetRequiredService<SiloCatalogue>();

    internal ObservationIntake Intake => Services.GetRequiredService<ObservationIntake>();

    internal IntakeCounters Counters => Services.GetRequiredService<IntakeCounters>();

    internal ICatalogueGrain Grain => Services.GetRequiredService<IGrainFactory>().GetGrain<ICatalogueGrain>(0);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_data, "frameworks"));
        await File.WriteAllTextAsync(Path.Combine(_data, "frameworks", "mine.yaml"), FileSample.Framework);
        await File.WriteAllTextAsync(Path.Combine(_data, "frameworks", "wrong.yaml"), "framework:\n  id: wrong\n  colour: red\n");
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.Services.AddContractSerialization();
                silo.Services.AddSingleton(new Suite(Exercise: true, _data));
                silo.Services.AddSingleton<IJournals>(Journals).AddSingleton<IStore>(Journals);
                silo.Services.AddSingleton(Script);
                silo.Services.AddSingleton(new IntakeLimits { MaxBatchItems = 50, MaxInFlightBatches = 3 });
                silo.Services.AddIndicators();
                silo.Services.AddCatalogueCopy(provider =>
                    provider.GetRequiredService<IGrainFactory>().GetGrain<ICatalogueGrain>(0).ChangesAfterAsync
                );
            }
        );
        builder.ConfigureClient(client => client.Services.AddContractSerialization());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        var loader = Services.GetRequiredService<FrameworkLoader>();
        await loader.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60));
        await Grain.CreateIndicatorsAsync(Sample.Indicators(), false);
        await Catalogue.RefreshAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }
}

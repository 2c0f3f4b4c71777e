using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Host.Options;
using EarlyWarning.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>What is computed on request.</summary>
internal static class ScoringModule
{
    public static Module Module { get; } =
        new(
            ServiceNames.Scoring,
            Add: suite =>
                suite.Services.AddScoring(scoring =>
                {
                    suite.Options.Settings.Fill(ServiceNames.Scoring, scoring);
                    suite.Options.Settings.Fill("cache", scoring.Cache);
                    suite.Options.Settings.Fill("operations", scoring.Operations);
                    scoring.Cache.ConnectionString = suite.Options.CacheConnection;
                    scoring.Operations.Retention = suite.Options.OperationRetention;
                }),
            Map: app => app.MapScoring()
        )
        {
            Migrations = ScoringExtensions.Migrations,
            Serves =
            [
                ContractService.Of<ScoringService.ScoringServiceBase>(ScoringService.Descriptor),
                ContractService.Of<OperationService.OperationServiceBase>(OperationService.Descriptor),
            ],
            ReadyBy = [CatalogueExtensions.Check],
            ReadsCatalogue = true,
        };
}

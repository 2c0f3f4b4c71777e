using EarlyWarning.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>What is computed on request. Reads the catalogue that Indicators keeps in the process.</summary>
internal static class ScoringModule
{
    public const string Name = "scoring";

    public static Module Module { get; } = new(
        Name,
        Needs: [IndicatorsModule.Name],
        Add: suite => suite.Services.AddScoring(scoring =>
        {
            scoring.Cache.ConnectionString = suite.Options.CacheConnection;
            scoring.Operations.Retention = suite.Options.OperationRetention;
        }),
        Map: app => app.MapScoring())
    {
        Migrations = ScoringExtensions.Migrations,
        Serves = [ScoringService.Descriptor, OperationService.Descriptor],
        ReadyBy = ["catalogue"],
    };
}

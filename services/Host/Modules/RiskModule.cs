using EarlyWarning.Risk;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>The countries, their scores, thresholds and breaches. Reads the catalogue that Indicators keeps in the process.</summary>
internal static class RiskModule
{
    public const string Name = "risk";

    public static Module Module { get; } = new(
        Name,
        Needs: [IndicatorsModule.Name],
        Add: suite => suite.Services.AddRisk(),
        Map: app => app.MapRisk())
    {
        Migrations = RiskExtensions.Migrations,
        Serves = [RiskService.Descriptor, BreachService.Descriptor],
        ReadyBy = ["catalogue", "dapr-risk"],
        Grains = typeof(RiskExtensions).Assembly,
    };
}

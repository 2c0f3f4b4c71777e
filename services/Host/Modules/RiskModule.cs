using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Host.Options;
using EarlyWarning.Risk;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>The countries, their scores, thresholds and breaches.</summary>
internal static class RiskModule
{
    public static Module Module { get; } =
        new(
            ServiceNames.Risk,
            Add: suite => suite.Services.AddSingleton(suite.Options.Settings.Fill(ServiceNames.Risk, new RiskOptions())).AddRisk(),
            Map: app => app.MapRisk()
        )
        {
            Migrations = RiskExtensions.Migrations,
            Serves =
            [
                ContractService.Of<RiskService.RiskServiceBase>(RiskService.Descriptor),
                ContractService.Of<BreachService.BreachServiceBase>(BreachService.Descriptor),
            ],
            ReadyBy = [CatalogueExtensions.Check, "dapr-risk"],
            AppId = RiskExtensions.AppId,
            ReadsCatalogue = true,
            Grains = typeof(RiskExtensions).Assembly,
        };
}

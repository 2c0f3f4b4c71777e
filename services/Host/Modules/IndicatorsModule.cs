using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Host.Options;
using EarlyWarning.Indicators;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>The catalogue's service and the intake of observations.</summary>
internal static class IndicatorsModule
{
    public static Module Module { get; } =
        new(ServiceNames.Indicators, Add: suite => suite.Services.AddIndicators(), Map: app => app.MapIndicators())
        {
            Migrations = IndicatorsExtensions.Migrations,
            Serves =
            [
                ContractService.Of<CatalogueService.CatalogueServiceBase>(CatalogueService.Descriptor),
                ContractService.Of<ThresholdService.ThresholdServiceBase>(ThresholdService.Descriptor),
                ContractService.Of<ObservationService.ObservationServiceBase>(ObservationService.Descriptor),
            ],
            ReadyBy = [CatalogueExtensions.Check, IndicatorsExtensions.FilesCheck],
            ReadsCatalogue = true,
            Grains = typeof(IndicatorsExtensions).Assembly,
        };
}

using EarlyWarning.Indicators;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>The catalogue's service and the intake of observations.</summary>
internal static class IndicatorsModule
{
    public const string Name = "indicators";

    public static Module Module { get; } = new(
        Name,
        Needs: [],
        Add: suite => suite.Services.AddIndicators(),
        Map: app => app.MapIndicators())
    {
        Migrations = IndicatorsExtensions.Migrations,
        Serves = [CatalogueService.Descriptor, ThresholdService.Descriptor, ObservationService.Descriptor],
        ReadyBy = ["catalogue"],
        Grains = typeof(IndicatorsExtensions).Assembly,
    };
}

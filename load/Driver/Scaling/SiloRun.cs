using EarlyWarning.Driver.Reports;

namespace EarlyWarning.Driver.Scaling;

/// <summary>What a run on some silos cost.</summary>
/// <param name="Silos">How many.</param>
/// <param name="PerSecond">Observations acknowledged a second.</param>
/// <param name="SiloMicroseconds">Processor time of all silos, by observation.</param>
/// <param name="StoreMicroseconds">Processor time of PostgreSQL, by observation.</param>
/// <param name="SiloProcessors">Processors that the busiest silo used.</param>
/// <param name="StoreProcessors">Processors that PostgreSQL used.</param>
/// <param name="ClientProcessors">Processors that the client used.</param>
/// <param name="OtherProcessors">Processors that others than the suite and the client used.</param>
/// <param name="BusyPercent">How much of the machine's processors was in use.</param>
internal sealed record SiloRun(
    int Silos,
    double PerSecond,
    double SiloMicroseconds,
    double StoreMicroseconds,
    double SiloProcessors,
    double StoreProcessors,
    double ClientProcessors,
    double OtherProcessors,
    double BusyPercent
)
{
    public static SiloRun Of(RunReport report)
    {
        var silos = report.Processes.Where(process => process.Name.StartsWith("silo-", StringComparison.Ordinal)).ToList();
        var store = report.Processes.FirstOrDefault(process => process.Name == "postgres");
        return new(
            silos.Count,
            report.Flows[0].ItemsPerSecond,
            silos.Sum(process => process.MicrosecondsAnItem),
            store?.MicrosecondsAnItem ?? 0,
            silos.Select(process => process.Processors).DefaultIfEmpty(0).Max(),
            store?.Processors ?? 0,
            report.Processes.FirstOrDefault(process => process.Name == "client")?.Processors ?? 0,
            report.OtherProcessors,
            report.BusyPercent
        );
    }
}

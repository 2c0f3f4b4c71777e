using System.Diagnostics.Metrics;

namespace EarlyWarning.Risk.Telemetry;

/// <summary>What the country grains count.</summary>
internal sealed class RiskMetrics(IMeterFactory meters)
{
    private readonly Meter _meter = meters.Create("EarlyWarning.Risk");

    public Counter<long> Recorded =>
        field ??= _meter.CreateCounter<long>("earlywarning.risk.observations.recorded", "{observation}", "Observations journalled.");

    public Counter<long> Duplicates =>
        field ??= _meter.CreateCounter<long>(
            "earlywarning.risk.observations.duplicate",
            "{observation}",
            "Observations recognised as resends."
        );

    public Counter<long> Appends =>
        field ??= _meter.CreateCounter<long>("earlywarning.risk.journal.appends", "{entry}", "Entries appended to country journals.");

    public Counter<long> Transitions =>
        field ??= _meter.CreateCounter<long>("earlywarning.risk.threshold.transitions", "{transition}", "Thresholds that moved on.");

    public Counter<long> Simulations =>
        field ??= _meter.CreateCounter<long>(
            "earlywarning.risk.simulations",
            "{simulation}",
            "States whose ranges were drawn, because somebody asked."
        );
}

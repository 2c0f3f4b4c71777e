using System.Diagnostics.Metrics;

namespace EarlyWarning.Risk;

/// <summary>What the country grains count.</summary>
internal sealed class RiskMetrics(IMeterFactory meters)
{
    private readonly Meter _meter = meters.Create("EarlyWarning.Risk");

    public Counter<long> Recorded => field ??= _meter.CreateCounter<long>("ew_risk_observations_recorded", description: "Observations journalled.");

    public Counter<long> Duplicates => field ??= _meter.CreateCounter<long>("ew_risk_observations_duplicate", description: "Observations recognised as resends.");

    public Counter<long> Appends => field ??= _meter.CreateCounter<long>("ew_risk_journal_appends", description: "Entries appended to country journals.");

    public Counter<long> Transitions => field ??= _meter.CreateCounter<long>("ew_risk_threshold_transitions", description: "Thresholds that moved on.");

    public Counter<long> Simulations => field ??= _meter.CreateCounter<long>("ew_risk_simulations", description: "States whose ranges were drawn, because somebody asked.");
}

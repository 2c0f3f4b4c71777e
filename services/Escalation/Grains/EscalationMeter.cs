using System.Diagnostics.Metrics;

namespace EarlyWarning.Escalation.Grains;

/// <summary>Counts what happens in cases.</summary>
internal sealed class EscalationMeter(IMeterFactory meters)
{
    /// <summary>The meter's name.</summary>
    public const string Name = "EarlyWarning.Escalation";

    private readonly Meter _meter = meters.Create(Name);

    /// <summary>Steps that were asked or told.</summary>
    public Counter<long> Published =>
        field ??= _meter.CreateCounter<long>(
            "earlywarning.escalation.steps.published",
            "{step}",
            "Steps of cases that were asked or told."
        );

    /// <summary>Changes of cases.</summary>
    public Counter<long> Changes =>
        field ??= _meter.CreateCounter<long>("earlywarning.escalation.cases.changes", "{change}", "Changes of cases that were recorded.");
}

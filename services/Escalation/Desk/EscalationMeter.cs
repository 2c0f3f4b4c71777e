using System.Diagnostics.Metrics;

namespace EarlyWarning.Escalation.Desk;

/// <summary>Counts what the desk does.</summary>
internal sealed class EscalationMeter(IMeterFactory meters)
{
    /// <summary>The meter's name.</summary>
    public const string Name = "EarlyWarning.Escalation";

    private readonly Meter _meter = meters.Create(Name);

    /// <summary>Steps published.</summary>
    public Counter<long> Published => field ??= _meter.CreateCounter<long>("ew.escalation.steps.published", "{step}", "Steps of cases that were published.");

    /// <summary>Attempts to publish that failed.</summary>
    public Counter<long> PublishFailed => field ??= _meter.CreateCounter<long>("ew.escalation.publish.failures", "{attempt}", "Attempts to publish a step that failed.");

    /// <summary>Changes of cases.</summary>
    public Counter<long> Changes => field ??= _meter.CreateCounter<long>("ew.escalation.case.changes", "{change}", "Changes of cases that were recorded.");
}

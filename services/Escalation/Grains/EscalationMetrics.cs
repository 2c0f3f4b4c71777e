using System.Diagnostics.Metrics;

namespace EarlyWarning.Escalation.Grains;

/// <summary>What the service counts, under the meter <c>EarlyWarning.Escalation</c>.</summary>
internal sealed class EscalationMetrics
{
    private readonly Counter<long> _published;
    private readonly Counter<long> _changes;

    public EscalationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("EarlyWarning.Escalation");
        _published = meter.CreateCounter<long>(
            "earlywarning.escalation.steps.published",
            "{step}",
            "Steps of cases that were asked or told."
        );
        _changes = meter.CreateCounter<long>("earlywarning.escalation.cases.changes", "{change}", "Changes of cases that were recorded.");
    }

    /// <summary>A case has changed, and so many of its steps are asked or told.</summary>
    public void Changed(int published)
    {
        _changes.Add(1);
        _published.Add(published);
    }
}

using EarlyWarning.Escalation.Rows;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Escalation.Status;

/// <summary>Says from their rows how the cases stand, in lines and gauges.</summary>
internal sealed class EscalationStatus(CaseReader reader, TimeProvider time) : IStatusSource
{
    public string Name => "cases";

    public V1.Heading Heading => V1.Heading.Answers;

    public IReadOnlyList<Gauge> Gauges => CaseGauges.All;

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var (open, now) = (await reader.OpenAsync(cancellationToken), time.GetUtcNow());
        return new(CaseStatus.Lines(open, now), CaseGauges.Of(open, now));
    }
}

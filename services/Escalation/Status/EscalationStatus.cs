using EarlyWarning.Escalation.Rows;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Escalation.Status;

/// <summary>Says from their rows how the cases stand.</summary>
internal sealed class EscalationStatus(CaseReader reader, TimeProvider time) : IStatusSource
{
    public async Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken) =>
        CaseStatus.Lines(await reader.OpenAsync(cancellationToken), time.GetUtcNow());
}

using EarlyWarning.Contracts.Cases;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Escalation.Status;

/// <summary>Asks the desk how the cases stand.</summary>
internal sealed class EscalationStatus(IGrainFactory grains) : IStatusSource
{
    public async Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken) =>
        await grains.GetGrain<ICaseDeskGrain>(0).StatusAsync().WaitAsync(cancellationToken);
}

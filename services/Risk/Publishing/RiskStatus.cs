using EarlyWarning.Risk.Countries;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Risk.Publishing;

/// <summary>The line of Risk: whether every country can be folded and goes on.</summary>
internal sealed class RiskStatus(CountryHealth health) : IStatusSource
{
    public Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<V1.StatusLine>>([CountryLine()]);

    private V1.StatusLine CountryLine()
    {
        var faults = health.Faults;
        return faults.Count == 0
            ? new() { Subject = "countries", Health = V1.Health.Ok, Text = "all countries can be folded" }
            : new()
            {
                Subject = "countries",
                Health = V1.Health.Failing,
                Text = $"{faults.Count} faulty: {string.Join("; ", faults.Take(5).Select(fault => $"{fault.Country} {fault.Fault}"))}",
                Action = "Report the fault with the journal's name and position. The country shows its last good state and takes nothing in; all others go on.",
            };
    }
}

using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.ServiceDefaults.Status;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Publishing;

/// <summary>The lines of Risk: whether breaches leave the house, and whether every country can be folded.</summary>
internal sealed class RiskStatus(CountryHealth health, TimeProvider time) : IStatusSource
{
    private static readonly TimeSpan s_failingAfter = TimeSpan.FromSeconds(30);

    public Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<V1.StatusLine>>([Publishing(), CountryLine()]);

    private V1.StatusLine Publishing()
    {
        var line = new V1.StatusLine { Subject = "oldest unpublished breach", Health = V1.Health.Ok, Text = "none" };
        if (health.Oldest() is { } oldest)
        {
            var age = time.GetUtcNow() - oldest.Since;
            line.Health = age > s_failingAfter ? V1.Health.Failing : V1.Health.Attention;
            line.Text = $"{oldest.Breach} for {Figures.Span(Duration.FromTimeSpan(age > TimeSpan.Zero ? age : TimeSpan.Zero))}. Countries with unpublished breaches: {health.UnpublishedCountries}. {oldest.Why}";
            line.Action = "Look at the sidecar of the app id risk and at the broker behind it. Nothing is lost: it is published again until the broker has it.";
        }

        return line;
    }

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

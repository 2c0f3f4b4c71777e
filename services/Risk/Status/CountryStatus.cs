using EarlyWarning.Risk.Countries;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Risk.Status;

/// <summary>The line of Risk: whether every country can be folded and goes on.</summary>
internal sealed class CountryStatus(LocalCountries countries) : IStatusSource
{
    private static readonly Gauge s_faulty = new(
        "earlywarning.risk.countries.faulty",
        "{country}",
        "Countries that cannot be folded and take nothing in."
    );

    public string Name => "countries";

    public V1.Heading Heading => V1.Heading.Path;

    public bool IsOfProcess => true;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_faulty];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var faults = countries.Faults;
        return Task.FromResult<StatusReport>(new([Line(faults)], [s_faulty.Is(faults.Count)]));
    }

    private static V1.StatusLine Line(IReadOnlyList<(string Country, string Fault)> faults) =>
        faults.Count == 0
            ? new()
            {
                Subject = "countries",
                Health = V1.Health.Ok,
                Text = "Every country can be folded.",
            }
            : new()
            {
                Subject = "countries",
                Health = V1.Health.Failing,
                Text = $"{faults.Count} faulty: {string.Join("; ", faults.Take(5).Select(fault => $"{fault.Country} {fault.Fault}"))}",
                Action =
                    "Report the fault with the journal's name and position. The country shows its last good state and takes nothing in; "
                    + "all others go on.",
            };
}

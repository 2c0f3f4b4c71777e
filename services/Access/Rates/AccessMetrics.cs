using System.Diagnostics.Metrics;

namespace EarlyWarning.Access.Rates;

/// <summary>What the house's door counts, under the meter <c>EarlyWarning.Access</c>.</summary>
internal sealed class AccessMetrics
{
    private readonly Counter<long> _limited;

    public AccessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("EarlyWarning.Access");
        _limited = meter.CreateCounter<long>(
            "earlywarning.access.limited",
            "{call}",
            "Calls refused or slowed because their caller asked for more than it may, by limit and kind of caller."
        );
    }

    public void Limited(string limit, bool known) => _limited.Add(1, new("limit", limit), new("caller", known ? "known" : "address"));
}

using System.Collections.Concurrent;

namespace EarlyWarning.Risk.Countries;

/// <summary>What the countries of this silo have to say to operators. Thread-safe.</summary>
internal sealed class CountryHealth
{
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Country, string Fault)> Faults =>
        [.. _faults.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];

    public void SetFault(string country, string? fault)
    {
        if (fault is null)
        {
            _faults.TryRemove(country, out _);
        }
        else
        {
            _faults[country] = fault;
        }
    }
}

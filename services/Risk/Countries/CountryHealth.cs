using System.Collections.Concurrent;

namespace EarlyWarning.Risk.Countries;

/// <summary>What the countries of this silo have to say to operators. Thread-safe.</summary>
internal sealed class CountryHealth
{
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, string Breach, string Why)> _unpublished = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Country, string Fault)> Faults => [.. _faults.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];

    public int UnpublishedCountries => _unpublished.Count;

    /// <summary>The breach that has waited longest, or <see langword="null"/>.</summary>
    public (DateTimeOffset Since, string Breach, string Why)? Oldest()
        => _unpublished.Values.OrderBy(value => value.Since).Select(value => ((DateTimeOffset, string, string)?)value).FirstOrDefault();

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

    public void SetUnpublished(string country, DateTimeOffset since, string breach, string why) => _unpublished[country] = (since, breach, why);

    public void ClearUnpublished(string country) => _unpublished.TryRemove(country, out _);
}

using System.Collections.Concurrent;

namespace EarlyWarning.Risk.Countries;

/// <summary>The countries that are open in this silo, and what is wrong with them. Thread-safe.</summary>
internal sealed class LocalCountries
{
    private readonly ConcurrentDictionary<string, IGrainContext> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>The countries, by their codes.</summary>
    public IReadOnlyDictionary<string, IGrainContext> Open => _open;

    /// <summary>Those at fault, in the order of their codes.</summary>
    public IReadOnlyList<(string Country, string Fault)> Faults =>
        [.. _faults.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];

    /// <summary>Enters an activation.</summary>
    public void Enter(string country, IGrainContext activation) => _open[country] = activation;

    /// <summary>Strikes an activation out; another one of the same country, which has come meanwhile, stays.</summary>
    public void Leave(string country, IGrainContext activation)
    {
        _open.TryRemove(new(country, activation));
        SetFault(country, null);
    }

    /// <summary>Says what is wrong with a country; <see langword="null"/> for nothing.</summary>
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

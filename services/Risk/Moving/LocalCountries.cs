using System.Collections.Concurrent;

namespace EarlyWarning.Risk.Moving;

/// <summary>The countries that are open in this silo. Thread-safe.</summary>
internal sealed class LocalCountries
{
    private readonly ConcurrentDictionary<string, IGrainContext> _open = new(StringComparer.Ordinal);

    /// <summary>The countries, by their codes.</summary>
    public IReadOnlyDictionary<string, IGrainContext> Open => _open;

    /// <summary>Enters an activation.</summary>
    public void Enter(string country, IGrainContext activation) => _open[country] = activation;

    /// <summary>Strikes an activation out; another one of the same country, which has come meanwhile, stays.</summary>
    public void Leave(string country, IGrainContext activation) => _open.TryRemove(new(country, activation));
}

using System.Collections.Concurrent;
using EarlyWarning.Catalogue;

namespace EarlyWarning.Scoring.Frameworks;

/// <summary>
/// Finds any version of a framework: the active one in the present catalogue, an earlier one in the catalogue of the revision that made it.
/// A version never changes, so what was found is kept. Thread-safe.
/// </summary>
internal sealed class FrameworkVersionCache(ICatalogue catalogue)
{
    private const int Kept = 64;
    private readonly ConcurrentDictionary<(string Id, int Version), ActiveFramework> _found = new();

    /// <summary>Finds the active version, or <see langword="null"/>.</summary>
    public ActiveFramework? Active(string id) => catalogue.Current.Frameworks.GetValueOrDefault(id);

    /// <summary>Finds a version, also of a retired framework, or <see langword="null"/>.</summary>
    public ActiveFramework? Find(string id, int version)
    {
        var current = catalogue.Current;
        if (current.Retired.TryGetValue(FrameworkNames.Framework(id), out var end))
        {
            current = catalogue.At(end.Revision - 1);
        }

        if (!current.Frameworks.TryGetValue(id, out var active) || version < 1 || version > active.Version)
        {
            return null;
        }

        if (version == active.Version || _found.TryGetValue((id, version), out active))
        {
            return active;
        }

        if (Search(id, version, current.Revision) is not { } found)
        {
            return null;
        }

        if (_found.Count >= Kept)
        {
            _found.Clear();
        }

        return _found[(id, version)] = found;
    }

    /// <summary>Versions rise with revisions, so the first revision with the version, or a later one, is found by halving.</summary>
    private ActiveFramework? Search(string id, int version, long revision)
    {
        var (low, high) = (1L, revision);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (catalogue.At(middle).Frameworks.GetValueOrDefault(id)?.Version >= version)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return catalogue.At(low).Frameworks.GetValueOrDefault(id) is { } found && found.Version == version ? found : null;
    }
}

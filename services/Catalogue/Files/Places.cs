namespace EarlyWarning.Catalogue.Files;

/// <summary>Where something stands in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">The place within the file's structure.</param>
public sealed record Place(string File, long Line, string Path);

/// <summary>Remembers from where in a file each field of the contract came, so that a fault found later still names the line.</summary>
public sealed class Places(Place whole)
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Remembers the place of a field.</summary>
    public void Add(string field, Place place) => _places[field] = place;

    /// <summary>Finds the place of a field, or else of the nearest thing that it is part of.</summary>
    public Place Find(string field)
    {
        while (field.Length > 0)
        {
            if (_places.TryGetValue(field, out var place))
            {
                return place;
            }

            field = field[..Math.Max(0, field.LastIndexOfAny(['.', '[']))];
        }

        return whole;
    }
}

namespace EarlyWarning.Yaml;

/// <summary>Where something stands in a file.</summary>
/// <param name="File">The file, as the user knows it.</param>
/// <param name="Line">The line, from 1; 0 for the file as a whole.</param>
/// <param name="Column">The column, from 1; 0 for the file as a whole.</param>
/// <param name="Path">The place within the file's structure, such as <c>framework.tree.children[2].low</c>; empty at its top.</param>
public sealed record Place(string File, int Line, int Column, string Path)
{
    /// <summary>The file as a whole.</summary>
    public static Place Whole(string file) => new(file, 0, 0, "");

    /// <inheritdoc/>
    public override string ToString() => $"{File}{(Line > 0 ? $":{Line}:{Column}" : "")}{(Path.Length > 0 ? $": {Path}" : "")}";
}

/// <summary>
/// Remembers where in a file each field came from, so that a fault found later still names the line. A field goes by its name in the
/// contract, or by its path in the file where it has none.
/// </summary>
/// <param name="whole">Where what has no place is looked for.</param>
public sealed class Places(Place whole)
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Remembers the place of a field.</summary>
    public void Add(string field, Place place) => _places[field] = place;

    /// <summary>Finds the place of a field, or else of the nearest thing that it is part of.</summary>
    public Place Find(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
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

using System.Text.RegularExpressions;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// The file's header: where a column is. A column is found by its name, or by its HXL tag where the file has a row of them.
/// </summary>
internal sealed partial class Columns
{
    private const int MostShown = 20;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _tags = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ambiguous = new(StringComparer.Ordinal);
    private readonly string _path;

    public Columns(string path, string[] header)
    {
        _path = path;
        Header = header;
        for (var place = 0; place < header.Length; place++)
        {
            if (header[place].Length > 0 && !_places.TryAdd(header[place], place))
            {
                throw new CliException($"{path} has the column '{header[place]}' twice. Rename one.");
            }
        }
    }

    /// <summary>The header as it stands, each column in its place; one without a name is empty.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The names that there are.</summary>
    public IEnumerable<string> Names => Header.Where(name => name.Length > 0);

    public int Needed(string name, string why) =>
        Optional(name)
        ?? throw new CliException(
            _ambiguous.Contains(Tidy(name))
                ? $"{_path} has the tag '{name}' on several columns, {why}. Name the column instead."
                : $"{_path} has no column '{name}', {why}. It has: "
                    + $"{string.Join(", ", Names.Take(MostShown))}{(_places.Count > MostShown ? ", …" : "")}."
        );

    public int? Optional(string name) =>
        _places.TryGetValue(name, out var place) || (name.StartsWith('#') && _tags.TryGetValue(Tidy(name), out place)) ? place : null;

    public bool Has(string name) => Optional(name) is not null;

    /// <summary>Whether a row is one of HXL tags: each cell empty or a tag such as #adm1+code, and at least one tag.</summary>
    public static bool AreTags(IReadOnlyList<string> cells) =>
        cells.Any(cell => cell.Trim().Length > 0)
        && cells.All(cell => cell.Trim() is var text && (text.Length == 0 || Tag().IsMatch(text)));

    /// <summary>Takes a row of HXL tags as further names.</summary>
    public void Take(IReadOnlyList<string> tags)
    {
        for (var place = 0; place < Math.Min(tags.Count, Header.Count); place++)
        {
            var tag = Tidy(tags[place]);
            if (tag.Length > 0 && !_tags.TryAdd(tag, place))
            {
                _ambiguous.Add(tag);
            }
        }

        foreach (var tag in _ambiguous)
        {
            _tags.Remove(tag);
        }
    }

    private static string Tidy(string tag) => tag.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex("""^#\s*[a-zA-Z][a-zA-Z0-9_]*(\s*\+\s*[a-zA-Z][a-zA-Z0-9_]*)*$""")]
    private static partial Regex Tag();
}

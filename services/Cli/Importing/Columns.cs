using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>The file's header: where a column is.</summary>
internal sealed class Columns
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly string _path;

    public Columns(string path, string[] header)
    {
        _path = path;
        Names = header;
        for (var place = 0; place < header.Length; place++)
        {
            if (!_places.TryAdd(header[place], place))
            {
                throw new CliException($"{path} has the column '{header[place]}' twice. Rename one.");
            }
        }
    }

    public IReadOnlyList<string> Names { get; }

    public int Needed(string name, string why)
        => _places.TryGetValue(name, out var place)
            ? place
            : throw new CliException($"{_path} has no column '{name}', {why}. It has: {string.Join(", ", Names.Take(20))}{(Names.Count > 20 ? ", …" : "")}.");

    public int? Optional(string name) => _places.TryGetValue(name, out var place) ? place : null;

    public bool Has(string name) => _places.ContainsKey(name);
}

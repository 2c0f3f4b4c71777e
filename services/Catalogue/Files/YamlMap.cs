using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Catalogue.Files;

/// <summary>
/// A mapping of a YAML file, read key by key; what is wrong is collected with its line, and keys that nobody asked for are wrong too.
/// </summary>
public sealed partial class YamlMap
{
    private readonly YamlMappingNode _node;
    private readonly long _line;
    private readonly bool _isName;
    private readonly FileReading _reading;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _empty = new(StringComparer.Ordinal);

    private YamlMap(YamlMappingNode node, long line, string file, string path, FileReading reading, bool isName = false) =>
        (_node, _line, File, Path, _reading, _isName) = (node, line, file, path, reading, isName);

    /// <summary>Gets the file that the mapping stands in.</summary>
    public string File { get; }

    /// <summary>Gets the path of the mapping within its file.</summary>
    public string Path { get; }

    /// <summary>Gets where the mapping stands.</summary>
    public Place Place => new(File, _line, Path);

    /// <summary>Gets the keys in the order of the file.</summary>
    public IEnumerable<string> Keys => _node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>Takes a node as a mapping; <see langword="null"/> and a fault where it is none.</summary>
    public static YamlMap? Of(YamlNode node, string file, string path, FileReading reading)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(reading);
        if (node is YamlMappingNode mapping)
        {
            return new(mapping, node.Start.Line, file, path, reading);
        }

        reading.Add(new(file, node.Start.Line, path), "Here belong keys with values, such as 'name: ...'.");
        return null;
    }

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Whether the key has a list of nothing.</summary>
    public bool IsEmptyList(string key) => Find(key) is YamlSequenceNode { Children.Count: 0 };

    /// <summary>Reads a mapping; <see langword="null"/> where the key is absent or no mapping.</summary>
    public YamlMap? Map(string key, string field = "")
    {
        if (Find(key) is not { } node)
        {
            return null;
        }

        Remember(field, key, node);
        return Of(node, File, PathOf(key), _reading);
    }

    /// <summary>
    /// Reads a method with its parameters: a mapping with its name under one of the keys, or the name alone. <see langword="null"/> where
    /// the key is absent.
    /// </summary>
    public YamlMap? Method(string key, string field, string name = "method")
    {
        if (Find(key) is not YamlScalarNode scalar)
        {
            return Map(key, field);
        }

        Remember(field, key, scalar);
        return new(new(new YamlScalarNode(name), scalar), scalar.Start.Line, File, PathOf(key), _reading, isName: true);
    }

    /// <summary>Reads a list of mappings; empty where the key is absent.</summary>
    public IEnumerable<YamlMap> Maps(string key, string field = "") =>
        Nodes(key, field).Select((node, i) => Of(node, File, $"{PathOf(key)}[{i}]", _reading)).OfType<YamlMap>();

    /// <summary>Reads a list of texts, each with its index; empty where the key is absent.</summary>
    public IReadOnlyList<string> Texts(string key, string field = "") =>
        [
            .. Nodes(key, field)
                .Select(
                    (node, i) =>
                    {
                        Remember($"{field}[{i}]", key, node);
                        return node is YamlScalarNode scalar ? scalar.Value ?? "" : "";
                    }
                ),
        ];

    /// <summary>Reads a list of numbers; empty where the key is absent.</summary>
    public IEnumerable<double> Numbers(string key, string field = "") =>
        [.. Texts(key, field).Select(text => Parse(key, text.Length > 0 ? text : "~")).OfType<double>()];

    /// <summary>Adds a fault at a key, or at the mapping where the key is absent.</summary>
    public void Fault(string key, string message) =>
        _reading.Add(new(File, (key.Length > 0 ? Find(key)?.Start.Line : null) ?? _line, key.Length > 0 ? PathOf(key) : Path), message);

    /// <summary>Adds a fault for each key that was not asked for.</summary>
    public void Done()
    {
        foreach (var key in _node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!_asked.Contains(name))
            {
                _reading.Add(
                    new(File, key.Start.Line, PathOf(name)),
                    $"'{name}' is not known here. Known are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}."
                );
            }
        }
    }

    private IEnumerable<YamlNode> Nodes(string key, string field)
    {
        if (Find(key) is not { } node)
        {
            return [];
        }

        Remember(field, key, node);
        if (node is YamlSequenceNode sequence)
        {
            return sequence.Children;
        }

        Fault(key, "Here belongs a list.");
        return [];
    }

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        if (!_node.Children.TryGetValue(new YamlScalarNode(key), out var node))
        {
            return null;
        }

        if (!IsNull(node))
        {
            return node;
        }

        // What was meant cannot be told from what holds without the key.
        if (_empty.Add(key))
        {
            _reading.Add(new(File, node.Start.Line, PathOf(key)), $"'{key}' has nothing behind it. Give a value, or leave the key out.");
        }

        return null;
    }

    private void Remember(string field, string key, YamlNode node)
    {
        if (field.Length > 0)
        {
            _reading.Places.Add(field, new(File, node.Start.Line, PathOf(key)));
        }
    }

    // A name alone has no keys in the file.
    private string PathOf(string key) =>
        Path.Length == 0 ? key
        : _isName ? Path
        : $"{Path}.{key}";

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };
}

using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Indicators.Files;

/// <summary>A mapping of a YAML file, read key by key; what is wrong is collected with its line, and keys that nobody asked for are wrong too.</summary>
internal sealed class YamlMap
{
    private readonly YamlMappingNode _node;
    private readonly FileReading _reading;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private YamlMap(YamlMappingNode node, string file, string path, FileReading reading)
        => (_node, File, Path, _reading) = (node, file, path, reading);

    /// <summary>Gets the file that the mapping stands in.</summary>
    public string File { get; }

    /// <summary>Gets the path of the mapping within its file.</summary>
    public string Path { get; }

    /// <summary>Gets where the mapping stands.</summary>
    public Place Place => new(File, _node.Start.Line, Path);

    /// <summary>Takes a node as a mapping; <see langword="null"/> and a fault where it is none.</summary>
    public static YamlMap? Of(YamlNode node, string file, string path, FileReading reading)
    {
        if (node is YamlMappingNode mapping)
        {
            return new(mapping, file, path, reading);
        }

        reading.Add(new(file, node.Start.Line, path), "Here belong keys with values, such as 'name: ...'.");
        return null;
    }

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Reads a text, and remembers its place as that of a field; <see langword="null"/> where the key is absent.</summary>
    public string? Text(string key, string field = "")
    {
        if (Find(key) is not { } node)
        {
            return null;
        }

        Remember(field, key, node);
        if (node is YamlScalarNode scalar)
        {
            return scalar.Value?.Trim();
        }

        Fault(key, "Here belongs a text.");
        return null;
    }

    /// <summary>Reads a text that must be there.</summary>
    public string Required(string key, string field = "")
    {
        var text = Text(key, field);
        if (text is { Length: 0 } || !Has(key))
        {
            Fault(key, $"'{key}' is missing.");
        }

        return text ?? "";
    }

    /// <summary>Reads a number; <see langword="null"/> where the key is absent.</summary>
    public double? Number(string key, string field = "") => Text(key, field) is { } text ? Parse(key, text) : null;

    /// <summary>Reads a number that must be there.</summary>
    public double RequiredNumber(string key, string field = "") => Parse(key, Required(key, field)) ?? 0;

    /// <summary>Reads yes or no; no where the key is absent.</summary>
    public bool Flag(string key, string field = "")
    {
        var text = Text(key, field);
        if (text is not (null or "true" or "false"))
        {
            Fault(key, $"'{text}' is neither true nor false.");
        }

        return text == "true";
    }

    /// <summary>Reads a duration such as <c>90d</c>, <c>12h</c>, <c>30m</c>, <c>10s</c> or <c>2w</c>; <see langword="null"/> where the key is absent.</summary>
    public Duration? Duration(string key, string field = "")
    {
        if (Text(key, field) is not { } text)
        {
            return null;
        }

        var unit = text.Length > 1 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, 'w' => 604_800, _ => 0 } : 0;
        if (unit > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return new() { Seconds = (long)count * unit };
        }

        Fault(key, $"'{text}' is no duration. Write a whole number and s, m, h, d or w, such as 90d.");
        return null;
    }

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

    /// <summary>Reads a list of mappings; empty where the key is absent.</summary>
    public IEnumerable<YamlMap> Maps(string key, string field = "")
        => Nodes(key, field).Select((node, i) => Of(node, File, $"{PathOf(key)}[{i}]", _reading)).OfType<YamlMap>();

    /// <summary>Reads a list of texts, each with its index; empty where the key is absent.</summary>
    public IReadOnlyList<string> Texts(string key, string field = "")
        => [.. Nodes(key, field).Select((node, i) =>
        {
            Remember($"{field}[{i}]", key, node);
            return node is YamlScalarNode scalar ? scalar.Value ?? "" : "";
        })];

    /// <summary>Adds a fault at a key, or at the mapping where the key is absent.</summary>
    public void Fault(string key, string message)
        => _reading.Add(new(File, ((key.Length > 0 ? Find(key) : null) ?? _node).Start.Line, key.Length > 0 ? PathOf(key) : Path), message);

    /// <summary>Adds a fault for each key that was not asked for.</summary>
    public void Done()
    {
        foreach (var key in _node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!_asked.Contains(name))
            {
                _reading.Add(new(File, key.Start.Line, PathOf(name)), $"'{name}' is not known here. Known are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.");
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
        return _node.Children.TryGetValue(new YamlScalarNode(key), out var node) && !IsNull(node) ? node : null;
    }

    private double? Parse(string key, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        if (text.Length > 0)
        {
            Fault(key, $"'{text}' is no number.");
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

    private string PathOf(string key) => Path.Length > 0 ? $"{Path}.{key}" : key;

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };
}

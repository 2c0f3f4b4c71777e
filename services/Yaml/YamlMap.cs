using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Yaml;

/// <summary>A mapping of a YAML file, read key by key; keys that nobody asked for are wrong.</summary>
public sealed class YamlMap
{
    private readonly YamlMappingNode _node;
    private readonly YamlValue _value;
    private readonly bool _isWord;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _empty = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlValue> _put = new(StringComparer.Ordinal);

    internal YamlMap(YamlMappingNode node, YamlValue value, bool isWord = false) => (_node, _value, _isWord) = (node, value, isWord);

    /// <summary>Gets where the mapping stands.</summary>
    public Place Place => _value.Place;

    /// <summary>Gets the reading that it is part of.</summary>
    public YamlReading Reading => _value.Reading;

    /// <summary>Gets the keys in the order of the file.</summary>
    public IEnumerable<string> Keys => _node.Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? "");

    /// <summary>Whether the key is there, with a value.</summary>
    public bool Has(string key) => Get(key) is not null;

    /// <summary>Whether one of some keys is there; all of them are known then.</summary>
    public bool HasAny(IEnumerable<string> keys) => keys.Select(Has).ToList().Contains(true);

    /// <summary>The value of a key; <see langword="null"/> where the key is absent, and with a fault where nothing is behind it.</summary>
    public YamlValue? Get(string key)
    {
        _asked.Add(key);
        return _put.TryGetValue(key, out var put) ? put
            : Find(key) is { } node ? Value(key, node)
            : null;
    }

    /// <summary>An empty mapping, for a file that is not there.</summary>
    public static YamlMap Empty(YamlReading reading, string file) => new([], new(new YamlMappingNode(), file, "", reading));

    /// <summary>Puts a text, which stands elsewhere, in the place of what the file has.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">The text.</param>
    /// <param name="from">What it stands in, such as an environment variable.</param>
    public void Put(string key, string text, string from) => _put[key] = new(text, from, Reading);

    /// <summary>The keys with their values, in the order of the file; those with nothing behind them are left out, with a fault.</summary>
    public IEnumerable<(YamlValue Key, YamlValue Value)> Pairs()
    {
        foreach (var (key, node) in _node.Children)
        {
            YamlValue name = new(key, Place.File, PathOf((key as YamlScalarNode)?.Value ?? ""), Reading);
            if (name.Text() is { } text && Value(text, node) is { } value)
            {
                _asked.Add(text);
                yield return (name, value);
            }
        }
    }

    /// <summary>The value of a key that must be there; <see langword="null"/> and a fault where it is not.</summary>
    public YamlValue? Need(string key)
    {
        var value = Get(key);
        if (value is null && !_empty.Contains(key))
        {
            Reading.Add(Place with { Path = PathOf(key) }, $"'{key}' is missing.");
        }

        return value;
    }

    /// <summary>Reads a text; <see langword="null"/> where the key is absent.</summary>
    public string? Text(string key) => Get(key)?.Text();

    /// <summary>Reads a text that must be there and not be empty; the empty text, and a fault, where it is not.</summary>
    public string Required(string key)
    {
        var value = Need(key);
        var text = value?.Text();
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            value!.Fault($"'{key}' is missing.");
        }

        return text ?? "";
    }

    /// <summary>Reads a mapping; <see langword="null"/> where the key is absent or no mapping.</summary>
    public YamlMap? Map(string key) => Get(key)?.Map();

    /// <summary>Reads a list of mappings; empty where the key is absent.</summary>
    public IReadOnlyList<YamlMap> Maps(string key) => [.. (Get(key)?.Items() ?? []).Select(item => item.Map()).OfType<YamlMap>()];

    /// <summary>Reads a list of texts; empty where the key is absent.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. (Get(key)?.Items() ?? []).Select(item => item.Text()).OfType<string>()];

    /// <summary>Adds a fault at a key, or at the mapping where the key is absent or none.</summary>
    public void Fault(string key, string message)
    {
        if (_put.TryGetValue(key, out var put))
        {
            put.Fault(message);
        }
        else if (key.Length > 0 && Find(key) is { } node)
        {
            new YamlValue(node, Place.File, PathOf(key), Reading).Fault(message);
        }
        else
        {
            Reading.Add(key.Length > 0 ? Place with { Path = PathOf(key) } : Place, message);
        }
    }

    /// <summary>Takes keys as known that matter elsewhere, or to people alone.</summary>
    public void Ignore(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            _asked.Add(key);
        }
    }

    /// <summary>Adds a fault for each key that was not asked for.</summary>
    /// <param name="because">Why it is none, after the key; <see langword="null"/> for that it is not known here.</param>
    public void Done(string? because = null)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var key in _node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            name = _asked.Contains(name) || !_asked.Contains(KnownWords.Hyphened(name)) ? name : KnownWords.Hyphened(name);
            if (_asked.Contains(name) && key is YamlScalarNode)
            {
                // Keys that differ by a tag alone, or by how their words are joined, are one name.
                if (!seen.Add(name))
                {
                    Reading.Add(
                        new Place(Place.File, (int)key.Start.Line, (int)key.Start.Column, PathOf(name)),
                        $"'{name}' is there twice. Take one out."
                    );
                }

                continue;
            }

            // Without a space behind its colon a key takes its value with it, and that may be a secret.
            var shown = name.Split(':') is [var before, _, ..] ? $"{before}:…" : name;
            Reading.Add(
                new Place(Place.File, (int)key.Start.Line, (int)key.Start.Column, PathOf(shown)),
                $"'{shown}' {because ?? $"is not known here. {KnownWords.Offer(name, _asked)}"}"
            );
        }
    }

    // Words may be joined as the contract joins them.
    private YamlNode? Find(string key) =>
        _node.Children.TryGetValue(new YamlScalarNode(key), out var node)
        || _node.Children.TryGetValue(new YamlScalarNode(key.Replace('-', '_')), out node)
            ? node
            : null;

    private YamlValue? Value(string key, YamlNode node)
    {
        YamlValue value = new(node, Place.File, PathOf(key), Reading);
        if (!value.IsEmpty)
        {
            return value;
        }

        if (_empty.Add(key))
        {
            value.Fault($"'{key}' has nothing behind it. Give a value, or leave the key out.");
        }

        return null;
    }

    // A word alone has no keys in the file.
    private string PathOf(string key) =>
        Place.Path.Length == 0 ? key
        : _isWord ? Place.Path
        : $"{Place.Path}.{key}";
}

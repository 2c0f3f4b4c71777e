using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Yaml;

/// <summary>A value of a YAML file: a text, a list or a mapping, and where it stands.</summary>
public sealed partial class YamlValue
{
    private readonly YamlNode _node;
    private readonly bool _isElsewhere;

    internal YamlValue(YamlNode node, string file, string path, YamlReading reading)
    {
        (_node, Reading) = (node, reading);
        Place = new(file, (int)node.Start.Line, (int)node.Start.Column, path);
    }

    internal YamlValue(string text, string from, YamlReading reading) =>
        (_node, _isElsewhere, Reading, Place) = (
            new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted },
            true,
            reading,
            Place.Whole(from)
        );

    /// <summary>Gets where it stands.</summary>
    public Place Place { get; }

    /// <summary>Gets the reading that it is part of.</summary>
    public YamlReading Reading { get; }

    /// <summary>Gets whether it is one text, and no list or mapping.</summary>
    public bool IsText => _node is YamlScalarNode;

    /// <summary>Gets whether it is a list.</summary>
    public bool IsList => _node is YamlSequenceNode;

    /// <summary>Gets whether it is a mapping.</summary>
    public bool IsMap => _node is YamlMappingNode;

    /// <summary>Gets whether it is a text without quotes.</summary>
    public bool IsPlain => _node is YamlScalarNode { Style: ScalarStyle.Plain };

    // What was meant cannot be told from what holds without it.
    internal bool IsEmpty => _node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    /// <summary>Adds a fault here.</summary>
    public void Fault(string message) => Reading.Add(Place, message);

    /// <summary>Reads a text, one in quotes as it stands; <see langword="null"/> and a fault where it is none.</summary>
    public string? Text()
    {
        if (_node is YamlScalarNode scalar)
        {
            return scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? scalar.Value!.TrimEnd() : scalar.Value ?? "";
        }

        Fault("Here belongs a text.");
        return null;
    }

    /// <summary>
    /// Reads the values of a list; none, and a fault, where it is no list. A place of it that is empty is a fault too. A text that stands
    /// elsewhere than in the file is divided at commas.
    /// </summary>
    public IReadOnlyList<YamlValue> Items()
    {
        if (_isElsewhere && _node is YamlScalarNode { Value: { } text })
        {
            return [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => new YamlValue(part, Place.File, Reading))];
        }

        if (_node is not YamlSequenceNode list)
        {
            Fault("Here belongs a list.");
            return [];
        }

        List<YamlValue> items = [.. list.Children.Select((child, i) => new YamlValue(child, Place.File, $"{Place.Path}[{i}]", Reading))];
        foreach (var item in items.Where(item => item.IsEmpty))
        {
            item.Fault("This place of the list is empty. Give a value, \"\" for the empty text, or take the place out.");
        }

        items.RemoveAll(item => item.IsEmpty);
        return items;
    }

    /// <summary>Reads a mapping; <see langword="null"/> and a fault where it is none.</summary>
    /// <param name="leading">
    /// The key for which a text alone stands: <c>rank</c> for <c>{method: rank}</c>. <see langword="null"/> where there is none.
    /// </param>
    public YamlMap? Map(string? leading = null)
    {
        switch (_node)
        {
            case YamlMappingNode mapping:
                return new(mapping, this);
            case YamlScalarNode scalar when leading is not null:
                return new(new(new YamlScalarNode(leading), scalar), this, isWord: true);
            default:
                Fault("Here belong keys with values, such as 'name: ...'.");
                return null;
        }
    }
}

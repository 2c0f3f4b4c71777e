using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Cli.Output;

/// <summary>Reads YAML (of which JSON is a part) as JSON that proto JSON can be parsed from.</summary>
internal static class YamlJson
{
    /// <summary>The documents of a file; a document that is a list gives each of its items.</summary>
    public static List<JsonObject> Objects(string path)
    {
        var nodes = PlainYaml
            .Read(path)
            .Documents.SelectMany(document => document.RootNode is YamlSequenceNode list ? list.Children : [document.RootNode]);
        return [.. nodes.Select(node => Convert(node, path) as JsonObject ?? throw Wrong(path, node))];
    }

    /// <summary>A member that is a text; nothing where it is absent.</summary>
    /// <param name="json">The object.</param>
    /// <param name="member">The member.</param>
    /// <param name="where">What the object is called, where another kind of value stands there.</param>
    public static string? Text(JsonObject json, string member, string where) =>
        json[member] switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            _ => throw new CliException($"{where}: {member} was to be a text."),
        };

    // A number stays text: proto JSON takes figures in quotes for every numeric field, and a text field that looks like one stays itself.
    private static JsonNode? Convert(YamlNode node, string path) =>
        node switch
        {
            YamlMappingNode map => ObjectOf(map, path),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(item => Convert(item, path))]),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => JsonValue.Create(true),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => JsonValue.Create(false),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } => null,
            YamlScalarNode scalar => JsonValue.Create(scalar.Value),
            _ => null,
        };

    private static JsonObject ObjectOf(YamlMappingNode map, string path)
    {
        JsonObject made = [];
        foreach (var (key, value) in map.Children)
        {
            // Keys that differ by a tag alone are one name.
            if (key is not YamlScalarNode { Value: { } name } || !made.TryAdd(name, Convert(value, path)))
            {
                throw Wrong(path, key);
            }
        }

        return made;
    }

    private static CliException Wrong(string path, YamlNode node) =>
        new($"{path}, line {node.Start.Line}: fields and values were expected here, each once, such as `name: thresholds/high`.");
}

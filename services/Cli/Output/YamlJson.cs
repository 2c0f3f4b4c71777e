using System.Text.Json.Nodes;
using EarlyWarning.Yaml;

namespace EarlyWarning.Cli.Output;

/// <summary>Makes of YAML the JSON that proto JSON can be parsed from.</summary>
internal static class YamlJson
{
    /// <summary>The documents of a file; a document that is a list gives each of its items.</summary>
    public static List<JsonObject> Objects(string path) =>
        YamlFile.Read(path, value => ObjectOf(value) is { } made ? [made] : (JsonObject[])[]);

    /// <summary>The object of a mapping; nothing, and a fault, where the value is none.</summary>
    public static JsonObject? ObjectOf(YamlValue value)
    {
        if (value.Map() is not { } map)
        {
            return null;
        }

        JsonObject made = [];
        foreach (var (key, inner) in map.Pairs())
        {
            // Keys that differ by a tag alone are one name.
            if (key.Text() is { } name && !made.TryAdd(name, Convert(inner)))
            {
                key.Fault($"'{name}' is there twice. Take one out.");
            }
        }

        return made;
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
    private static JsonNode? Convert(YamlValue value) =>
        value.IsMap ? ObjectOf(value)
        : value.IsList ? new JsonArray([.. value.Items().Select(Convert)])
        : value.Text() is not { } text ? null
        : value.IsPlain && (text is "true" or "false") ? JsonValue.Create(text == "true")
        : JsonValue.Create(text);
}

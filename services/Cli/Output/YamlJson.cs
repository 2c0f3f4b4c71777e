using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Cli.Output;

/// <summary>Reads YAML (of which JSON is a part) as JSON that proto JSON can be parsed from.</summary>
internal static class YamlJson
{
    private const int MostDepth = 100;

    /// <summary>The documents of a file; a document that is a list gives each of its items.</summary>
    public static List<JsonObject> Objects(string path)
    {
        var stream = new YamlStream();
        try
        {
            using var first = File.OpenText(path);
            Check(new Parser(first));
            using var reader = File.OpenText(path);
            stream.Load(reader);
        }
        catch (YamlException error)
        {
            throw new CliException($"{path}, line {error.Start.Line}: {error.Message}");
        }

        var nodes = stream.Documents.SelectMany(document => document.RootNode is YamlSequenceNode list ? list.Children : [document.RootNode]);
        return [.. nodes.Select(node => Convert(node) as JsonObject
            ?? throw new CliException($"{path}, line {node.Start.Line}: fields and values were expected here, such as `name: thresholds/high`."))];
    }

    // What is built of a file is walked: one that is deep, or unfolds by aliases, would end the program.
    private static void Check(Parser parser)
    {
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MostDepth)
            {
                throw new YamlException(parser.Current.Start, parser.Current.End, $"values lie more than {MostDepth} deep in each other.");
            }

            if (parser.Current is AnchorAlias alias)
            {
                throw new YamlException(alias.Start, alias.End, "aliases are not taken here; write the value out.");
            }
        }
    }

    // A number stays text: proto JSON takes figures in quotes for every numeric field, and a text field that looks like one stays itself.
    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Convert(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => JsonValue.Create(true),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => JsonValue.Create(false),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } => null,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };
}

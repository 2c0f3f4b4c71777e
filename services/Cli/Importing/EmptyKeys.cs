using EarlyWarning.Cli.Output;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// Finds keys of a YAML file that have nothing behind them: what was meant cannot be told from what holds without the key.
/// </summary>
internal static class EmptyKeys
{
    /// <summary>Refuses the first one, with its line.</summary>
    public static void Refuse(string path, IEnumerable<YamlDocument> documents)
    {
        foreach (var node in documents.SelectMany(document => document.AllNodes))
        {
            switch (node)
            {
                case YamlMappingNode mapping when mapping.Children.FirstOrDefault(pair => IsEmpty(pair.Value)).Key is { } key:
                    throw new CliException($"{path}, line {key.Start.Line}: {key} is empty. Leave it out, or say something under it.");
                case YamlSequenceNode list when list.Children.FirstOrDefault(IsEmpty) is { } item:
                    throw new CliException(
                        $"{path}, line {item.Start.Line}: a place of a list is empty. Leave it out, or write \"\" for the empty text."
                    );
                default:
                    break;
            }
        }
    }

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };
}

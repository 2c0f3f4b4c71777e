using EarlyWarning.Cli.Output;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Cli.Importing;

/// <summary>Finds keys of a YAML file that have nothing behind them: what was meant cannot be told from what holds without the key.</summary>
internal static class EmptyKeys
{
    /// <summary>Refuses the first one, with its line.</summary>
    public static void Refuse(string path)
    {
        using var text = File.OpenText(path);
        var yaml = new YamlStream();
        yaml.Load(text);
        foreach (var (key, value) in yaml.Documents.SelectMany(document => document.AllNodes).OfType<YamlMappingNode>().SelectMany(node => node.Children))
        {
            if (value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" })
            {
                throw new CliException($"{path}, line {key.Start.Line}: {key} is empty. Leave it out, or say something under it.");
            }
        }
    }
}

using System.Text.RegularExpressions;
using EarlyWarning.Catalogue.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Notification.Directory;

/// <summary>Reads a YAML document by hand, so that each fault names its line and path. Faults are collected, not thrown.</summary>
internal sealed partial class YamlDocumentReader(string file)
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public YamlNode? Load(string text)
    {
        try
        {
            var yaml = BoundedYaml.Load(new StringReader(text));
            if (yaml.Documents.Count == 1)
            {
                return yaml.Documents[0].RootNode;
            }

            _faults.Add(
                $"{file}:1: the file holds {yaml.Documents.Count} documents and must hold one; for a directory of nobody write "
                    + $"'recipients: []'."
            );
            return null;
        }
        catch (YamlException e)
        {
            // What it quotes from the file may be a secret.
            _faults.Add($"{file}:{e.Start.Line}: not YAML: {Quoted().Replace(e.Message, "'…'")}");
            return null;
        }
    }

    public void Fault(YamlNode node, string path, string message) => _faults.Add($"{file}:{node.Start.Line}: {path}: {message}");

    /// <summary>A mapping with these keys and no others.</summary>
    public IReadOnlyDictionary<string, YamlNode>? Mapping(YamlNode node, string path, params ReadOnlySpan<string> keys)
    {
        if (node is not YamlMappingNode mapping)
        {
            Fault(node, path, "must be a mapping of keys to values.");
            return null;
        }

        var result = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (keyNode, value) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (keys.Contains(key) && value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" })
            {
                Fault(value, Join(path, key), "has nothing behind it. Give a value, or leave the key out.");
            }
            else if (keys.Contains(key))
            {
                result[key] = value;
            }
            else
            {
                // Without a space behind its colon a key takes its value with it, and that may be a secret.
                var shown = key.Split(':') is [var before, _, ..] ? $"{before}:…" : key;
                Fault(keyNode, path, $"'{shown}' is not known here; known are {string.Join(", ", keys.ToArray())}.");
            }
        }

        return result;
    }

    public IEnumerable<(YamlNode Node, string Path)> Items(IReadOnlyDictionary<string, YamlNode> mapping, string key, string parent)
    {
        if (!mapping.TryGetValue(key, out var node))
        {
            return [];
        }

        var path = Join(parent, key);
        if (node is YamlSequenceNode sequence)
        {
            return sequence.Children.Select((child, i) => (child, $"{path}[{i}]"));
        }

        Fault(node, path, "must be a list.");
        return [];
    }

    /// <summary>A text; a fault where it is required and missing.</summary>
    public string Text(IReadOnlyDictionary<string, YamlNode> mapping, string key, YamlNode owner, string parent, bool required = true)
    {
        if (!mapping.TryGetValue(key, out var node))
        {
            if (required)
            {
                Fault(owner, parent, $"'{key}' is missing.");
            }

            return "";
        }

        return Scalar(node, Join(parent, key));
    }

    public string Scalar(YamlNode node, string path)
    {
        if (node is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text))
        {
            return text.Trim();
        }

        Fault(node, path, "must be a text.");
        return "";
    }

    public static string Join(string parent, string key) => parent.Length == 0 ? key : $"{parent}.{key}";

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();
}

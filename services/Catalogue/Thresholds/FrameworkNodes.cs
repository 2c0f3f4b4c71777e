using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Catalogue.Thresholds;

/// <summary>What thresholds need to know of the nodes that they watch.</summary>
internal static class FrameworkNodes
{
    /// <summary>Finds a node by its code; <see langword="null"/> where there is none.</summary>
    public static V1.Node? Find(V1.Node? from, string code)
    {
        if (from is null or { Leaf: not null } || from.Code == code)
        {
            return from?.Leaf is null ? from : null;
        }

        foreach (var child in from.Children)
        {
            if (Find(child, code) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The share of a node's weight that must have valid data before it has a score.</summary>
    public static double Floor(V1.Node node) => node.MissingData?.MinimumCoverage ?? 0;

    /// <summary>The share of a target's weight whose indicators state a default error.</summary>
    public static double ShareWithDefaultError(CompiledFramework framework, string target, Func<string, V1.Indicator?> indicators)
    {
        var (first, count) =
            framework.TryGetLeaf(target, out var leaf) ? (leaf, 1)
            : framework.TryGetNode(target, out var node) ? (framework.Nodes[node].FirstLeaf, framework.Nodes[node].LeafCount)
            : (0, framework.LeafCount);
        double stated = 0,
            whole = 0;
        for (var i = first; i < first + count; i++)
        {
            // An indicator that is watched by itself counts whatever its weight.
            var weight = count == 1 ? 1 : framework.Leaves[i].EffectiveWeight;
            whole += weight;
            stated += indicators(framework.Leaves[i].Indicator)?.DefaultError is null ? 0 : weight;
        }

        return whole > 0 ? stated / whole : 0;
    }
}

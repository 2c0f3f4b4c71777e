using System.Diagnostics.CodeAnalysis;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// A tree as lists, numbered as the compiled framework numbers it: leaves in the order of the model, nodes in post-order.
/// </summary>
internal sealed class TreeOutline
{
    /// <summary>Deep enough for every published index and shallow enough for recursion.</summary>
    public const int DeepestLevel = 32;

    private readonly List<OutlinedLeaf> _leaves = [];
    private readonly List<OutlinedNode> _nodes = [];

    private TreeOutline(CompositeFramework model) => Visit(model.Root, "root", 1);

    public IReadOnlyList<OutlinedLeaf> Leaves => _leaves;

    public IReadOnlyList<OutlinedNode> Nodes => _nodes;

    /// <summary>Lists the elements of a tree.</summary>
    /// <param name="model">A framework of which <see cref="IsSound(CompositeFramework)"/> holds.</param>
    /// <returns>The lists.</returns>
    public static TreeOutline Of(CompositeFramework model) => new(model);

    /// <summary>
    /// Tells whether there is a tree at all to be looked at; what is wrong with it otherwise is said by the rules of trees.
    /// </summary>
    /// <param name="model">A framework.</param>
    /// <returns>Whether codes, children, weights, goalposts and the scale are what a tree must have.</returns>
    public static bool IsSound(CompositeFramework model) =>
        model.ScaleFloor >= 0 && model.ScaleFloor < model.Ceiling && IsSound(model.Root, new HashSet<string>(StringComparer.Ordinal), 1);

    private static bool IsSound([NotNullWhen(true)] Element? element, HashSet<string> codes, int level)
    {
        if (element is null || string.IsNullOrWhiteSpace(element.Code) || !codes.Add(element.Code))
            return false;
        if (!(double.IsFinite(element.Weight) && element.Weight >= 0))
            return false;
        if (element is not Node node)
            return IsSound(((Leaf)element).Normalisation);
        return level <= DeepestLevel
            && node.Aggregation is not null
            && node.Weighting is not null
            && node.Missing is not null
            && !node.Children.IsDefaultOrEmpty
            && node.Children.All(child => IsSound(child, codes, level + 1))
            && node.Children.Sum(child => child.Weight) is > 0 and < double.PositiveInfinity;
    }

    private static bool IsSound(Normalisation? method) =>
        method switch
        {
            null => false,
            Goalposts posts => posts.Low < posts.High && double.IsFinite(posts.High - posts.Low),
            _ => true,
        };

    private int Visit(Node node, string path, int depth)
    {
        var firstLeaf = _leaves.Count;
        var children = new int[node.Children.Length];
        for (var i = 0; i < children.Length; i++)
        {
            var childPath = $"{path}.children[{i}]";
            if (node.Children[i] is Node child)
            {
                children[i] = Visit(child, childPath, depth + 1);
                continue;
            }

            children[i] = ~_leaves.Count;
            _leaves.Add(new OutlinedLeaf((Leaf)node.Children[i], childPath, depth + 1));
        }

        var number = _nodes.Count;
        _nodes.Add(new OutlinedNode(node, path, depth, children, firstLeaf, _leaves.Count));
        foreach (var child in children)
        {
            if (child < 0)
                _leaves[~child].Parent = number;
            else
                _nodes[child].Parent = number;
        }

        return number;
    }
}

/// <summary>A leaf in its place.</summary>
/// <param name="Leaf">The leaf.</param>
/// <param name="Path">Where it is in the model.</param>
/// <param name="Depth">Its level counted from the root, which is 1.</param>
internal sealed record OutlinedLeaf(Leaf Leaf, string Path, int Depth)
{
    /// <summary>Gets the number of its node.</summary>
    public int Parent { get; set; } = -1;

    /// <summary>Gets a value indicating whether more of it is less of what its node measures.</summary>
    public bool Lowers => Leaf.Direction == Direction.Lowers;
}

/// <summary>A node in its place.</summary>
/// <param name="Node">The node.</param>
/// <param name="Path">Where it is in the model.</param>
/// <param name="Depth">Its level counted from the root, which is 1.</param>
/// <param name="Children">Its children: a node by its number, a leaf by the complement of its number.</param>
/// <param name="FirstLeaf">The first leaf below it.</param>
/// <param name="EndLeaf">The leaf after the last below it.</param>
internal sealed record OutlinedNode(Node Node, string Path, int Depth, int[] Children, int FirstLeaf, int EndLeaf)
{
    /// <summary>Gets the number of its parent; −1 for the root.</summary>
    public int Parent { get; set; } = -1;

    /// <summary>Gets a value indicating whether its parent takes its mirror image.</summary>
    public bool Lowers => Node.Direction == Direction.Lowers;
}

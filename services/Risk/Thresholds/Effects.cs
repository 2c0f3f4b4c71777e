using EarlyWarning.Contracts.Catalogue.Watching;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>
/// Which way leaves move a node in each single draw. Draws are fixed, so with the same error a higher value is a higher draw, and a straight line keeps
/// that order or turns it round; means, extremes and medians of weights that are not negative keep it, and so does what stands for missing children. Of
/// everything else nothing is claimed.
/// </summary>
internal static class Effects
{
    /// <summary>By leaf: 1 where a higher value can only raise every draw of the target, −1 where it can only lower it, 0 where neither is sure.</summary>
    public static int[] Of(CompiledFramework framework, Target target)
    {
        var effects = new int[framework.LeafCount];
        if (framework.Model is CompositeFramework composite && target.Node >= 0 && Find(composite.Root, framework.Nodes[target.Node].Code) is { } node)
        {
            var leaves = Leaves(composite.Root).ToList();
            if (leaves.TrueForAll(leaf => leaf is { Imputation: null, Denominator: null }))
            {
                Walk(framework, node, 1, effects);
            }
        }

        return effects;
    }

    private static void Walk(CompiledFramework framework, Node node, int sign, int[] effects)
    {
        if (node.Weighting is not (GivenWeights or EqualWeights) || !KeepsOrder(node.Aggregation))
        {
            return;
        }

        foreach (var child in node.Children.Where(child => child.Weight >= 0))
        {
            var effect = child.Direction == Direction.Lowers ? -sign : sign;
            if (child is Node below)
            {
                Walk(framework, below, effect, effects);
            }
            else if (child is Leaf { Treatment: null, Normalisation: Goalposts or MinMax or ZScore } leaf && framework.TryGetLeaf(leaf.Code, out var number))
            {
                effects[number] = effect;
            }
        }
    }

    private static bool KeepsOrder(Aggregation aggregation)
        => aggregation is ArithmeticMean or GeometricMean or HarmonicMean or GeneralisedMean or MedianChild or MinimumChild or MaximumChild;

    private static Node? Find(Node node, string code)
        => node.Code == code ? node : node.Children.OfType<Node>().Select(child => Find(child, code)).FirstOrDefault(found => found is not null);

    private static IEnumerable<Leaf> Leaves(Node node)
        => node.Children.SelectMany(child => child is Node below ? Leaves(below) : child is Leaf leaf ? [leaf] : []);
}

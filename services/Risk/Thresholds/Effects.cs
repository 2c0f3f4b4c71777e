using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>
/// What leaves do to a node in each single draw. Draws are fixed, so with the same error a higher value is a higher draw, and a straight
/// line keeps that order or turns it round; means, extremes and medians of weights that are not negative keep it, and so does what stands
/// for missing children. Of
/// everything else nothing is claimed.
/// </summary>
internal static class Effects
{
    /// <summary>
    /// By leaf: by how much, at the most, every draw of the target rises where its value rises by one; negative where it falls. Infinite
    /// where only the way is sure; 0 where neither is.
    /// </summary>
    public static double[] Of(CompiledFramework framework, Target target)
    {
        var effects = new double[framework.LeafCount];
        if (
            framework.Model is CompositeFramework composite
            && target.Node >= 0
            && Find(composite.Root, framework.Nodes[target.Node].Code) is { } node
            && Leaves(composite.Root).All(leaf => leaf is { Imputation: null, Denominator: null })
        )
        {
            Walk(framework, node, 1, effects);
        }

        return effects;
    }

    private static void Walk(CompiledFramework framework, Node node, double effect, double[] effects)
    {
        if (node.Weighting is not (GivenWeights or EqualWeights) || !KeepsOrder(node.Aggregation))
        {
            return;
        }

        var whole = node.Children.Sum(child => WeightOf(node, child));
        foreach (var child in node.Children.Where(child => WeightOf(node, child) > 0))
        {
            var share = node.Aggregation switch
            {
                ArithmeticMean => WeightOf(node, child) / whole,
                MedianChild or MinimumChild or MaximumChild => 1,
                _ => double.PositiveInfinity,
            };
            var below = (child.Direction == Direction.Lowers ? -effect : effect) * share;
            if (child is Node branch)
            {
                Walk(framework, branch, below, effects);
            }
            else if (
                child is Leaf { Treatment: null, Normalisation: Goalposts or MinMax or ZScore } leaf
                && framework.TryGetLeaf(leaf.Code, out var number)
            )
            {
                effects[number] = below * Slope(leaf.Normalisation);
            }
        }
    }

    private static double WeightOf(Node node, Element child) => node.Weighting is EqualWeights ? 1 : child.Weight;

    /// <summary>Points of 100 for one of the leaf's unit, at the most; infinite where the reference set knows.</summary>
    private static double Slope(Normalisation normalisation) =>
        normalisation is Goalposts { OwnScale: false } posts ? 100 / (posts.High - posts.Low) : double.PositiveInfinity;

    private static bool KeepsOrder(Aggregation aggregation) =>
        aggregation is ArithmeticMean or GeometricMean or HarmonicMean or GeneralisedMean or MedianChild or MinimumChild or MaximumChild;

    private static Node? Find(Node node, string code) =>
        node.Code == code
            ? node
            : node.Children.OfType<Node>().Select(child => Find(child, code)).FirstOrDefault(found => found is not null);

    private static IEnumerable<Leaf> Leaves(Node node) =>
        node.Children.SelectMany(child =>
            child is Node below ? Leaves(below)
            : child is Leaf leaf ? [leaf]
            : []
        );
}

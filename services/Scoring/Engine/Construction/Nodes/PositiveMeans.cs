using EarlyWarning.Scoring.Engine.Construction.Stages;
using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>
/// Geometric, harmonic and generalised means have no answer for values below 0, and most of them none for 0. Where the reference set's own
/// values are good and only the method has no end (a z-score, an uncapped distance), a live value beyond the set is held at the set's end;
/// whatever may
/// then still be too low is refused.
/// </summary>
internal sealed class PositiveMeans(CompositeFramework model, TreeOutline outline, ErrorList errors)
{
    private readonly HashSet<int> _reported = [];

    /// <summary>Tells whether a node takes a mean that not every value has.</summary>
    public static bool IsPositive(OutlinedNode node) => node.Node.Aggregation is GeometricMean or HarmonicMean or GeneralisedMean;

    /// <summary>Holds the live values of a leaf at the reference set's end where a mean above it needs that.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <param name="transform">Its function.</param>
    /// <param name="column">What goes into the function, over the reference set.</param>
    /// <returns>The function, with a clip before it if one is needed.</returns>
    public Transform Hold(int leaf, Transform transform, SetColumn column)
    {
        var (turned, child) = (false, 0);
        for (var node = outline.Leaves[leaf].Parent; node >= 0; node = outline.Nodes[node].Parent)
        {
            turned ^= child > 0 && outline.Nodes[child - 1].Lowers;
            child = node + 1;
            if (!IsPositive(outline.Nodes[node]) || column.Count == 0)
                continue;
            var (atLeast, atGreatest) = (transform.Apply(column.Least), transform.Apply(column.Greatest));
            var needed = turned
                ? double.IsPositiveInfinity(transform.High)
                : double.IsNegativeInfinity(transform.Low) && Math.Min(atLeast, atGreatest) >= 0;
            if (needed)
                transform = ChainTransform.Of(
                    turned == atGreatest >= atLeast
                        ? new ClipTransform(double.NegativeInfinity, column.Greatest)
                        : new ClipTransform(column.Least, double.PositiveInfinity),
                    transform
                );
        }

        return transform;
    }

    /// <summary>Refuses a node whose children may be too low for its mean.</summary>
    /// <param name="node">The node.</param>
    /// <param name="reaches">Where its children's values can lie.</param>
    public void Check(OutlinedNode node, ElementRanges reaches)
    {
        if (!IsPositive(node))
            return;
        var zeroIsGood = node.Node.Aggregation is GeneralisedMean { Exponent: > 0 };
        var named = false;
        foreach (var child in node.Children)
        {
            var low = reaches.Counted(child).Low;
            if (low > 0 || (low == 0 && zeroIsGood))
                continue;
            if (double.IsNegativeInfinity(low) && ReportUncapped(child, reaches))
                continue;
            if (!named)
                Report(node, child, low);
            named = true;
        }

        if (node.Node.Missing is HoldValue { Value: 0 } && model.ScaleFloor == 0 && !zeroIsGood && !named)
            errors.Add($"{node.Path}.missing.value", $"{NameOf(node)} is taken over a held 0, which has none.", "Hold a value above 0.");
    }

    private static string NameOf(OutlinedNode node) =>
        node.Node.Aggregation switch
        {
            GeometricMean => "A geometric mean",
            HarmonicMean => "A harmonic mean",
            _ => "A generalised mean",
        };

    private bool ReportUncapped(int child, ElementRanges reaches)
    {
        if (child >= 0)
        {
            var any = false;
            foreach (var grandchild in outline.Nodes[child].Children)
                any |= ReportUncapped(grandchild, reaches);
            return any;
        }

        var reach = reaches.Counted(child);
        if (double.IsFinite(reach.Low) && double.IsFinite(reach.High))
            return false;
        if (_reported.Add(~child))
            errors.Add(
                $"{outline.Leaves[~child].Path}.normalisation",
                "An uncapped value may fall to 0 or below, and a geometric, harmonic or generalised mean stands above it.",
                "Cap the values, or aggregate arithmetically."
            );
        return true;
    }

    private void Report(OutlinedNode node, int child, double low)
    {
        var code = child < 0 ? outline.Leaves[~child].Leaf.Code : outline.Nodes[child].Node.Code;
        errors.Add(
            $"{node.Path}.aggregation",
            $"{NameOf(node)} is taken over values that may be {(low < 0 ? "below 0" : "0")}, such as those of \"{code}\".",
            model.ScaleFloor <= 0 && low == 0
                ? "Set scaleFloor to 1, or aggregate arithmetically."
                : "Normalise them to values above 0, or aggregate arithmetically."
        );
    }
}

namespace EarlyWarning.Scoring.Frameworks;

/// <summary>The choices that an analysis looks at where none are named.</summary>
internal static class UsualChoices
{
    /// <summary>
    /// Each other aggregation and weighting, min-max, z-score and percentile rank, and each node below the index left out. The generalised
    /// mean is not among them: it has an exponent to be chosen.
    /// </summary>
    public static IEnumerable<V1.MethodChoice> Of(V1.Framework definition)
    {
        var root = definition.Composite.Root;
        var nodes = Nodes(root).ToArray();
        foreach (var aggregation in Enum.GetValues<V1.Aggregation>())
        {
            if (
                aggregation is not (V1.Aggregation.Unspecified or V1.Aggregation.Generalised)
                && nodes.Any(node => Of(node.Aggregation) != aggregation)
            )
            {
                yield return new() { Aggregation = aggregation };
            }
        }

        foreach (var weighting in Enum.GetValues<V1.WeightingMethod>())
        {
            if (weighting != V1.WeightingMethod.Unspecified && nodes.Any(node => Of(node.Weighting) != weighting))
            {
                yield return new() { Weighting = weighting };
            }
        }

        yield return new() { Normalisation = new() { MinMax = new() } };
        yield return new() { Normalisation = new() { ZScore = new() } };
        yield return new() { Normalisation = new() { PercentileRank = new() } };
        foreach (var node in nodes.Where(node => !ReferenceEquals(node, root)))
        {
            yield return new() { WithoutElement = true, Code = node.Code };
        }
    }

    private static V1.Aggregation Of(V1.Aggregation aggregation) =>
        aggregation == V1.Aggregation.Unspecified ? V1.Aggregation.Arithmetic : aggregation;

    private static V1.WeightingMethod Of(V1.Weighting? weighting) =>
        weighting is null or { Method: V1.WeightingMethod.Unspecified } ? V1.WeightingMethod.Given : weighting.Method;

    private static IEnumerable<V1.Node> Nodes(V1.Node node) => node.Leaf is null ? [node, .. node.Children.SelectMany(Nodes)] : [];
}

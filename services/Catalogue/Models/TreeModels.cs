using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Models;

/// <summary>Turns the tree of a composite framework into the engine's.</summary>
internal static class TreeModels
{
    /// <summary>Turns an inner node, with all that is below it.</summary>
    public static Node Node(V1.Node node, Func<string, V1.Indicator?> indicators) =>
        new()
        {
            Code = node.Code,
            Name = node.DisplayName.Length > 0 ? node.DisplayName : node.Code,
            Weight = WeightOf(node),
            Aggregation = AggregationOf(node),
            Weighting = WeightingOf(node.Weighting),
            Missing = MissingOf(node.MissingData, node.Aggregation),
            Children =
            [
                .. node.Children.Select(child =>
                    child.Leaf is { } leaf
                        ? (Element)LeafModels.Leaf(leaf, WeightOf(child), indicators(leaf.Indicator))
                        : Node(child, indicators)
                ),
            ],
        };

    /// <summary>The lower end of the scale of a tree that does not name one.</summary>
    public static double ScaleFloor(V1.Node root) => NeedsValuesAboveZero(root) ? 1 : 0;

    /// <summary>
    /// What a node does about missing children where its policy may leave it open: a missing child of a minimum could only lower the risk.
    /// </summary>
    public static V1.MissingDataTreatment TreatmentOf(V1.MissingDataPolicy? policy, V1.Aggregation aggregation) =>
        policy?.Treatment switch
        {
            null or V1.MissingDataTreatment.Unspecified => aggregation == V1.Aggregation.Minimum
                ? V1.MissingDataTreatment.RequireAll
                : V1.MissingDataTreatment.Reweight,
            { } stated => stated,
        };

    private static bool NeedsValuesAboveZero(V1.Node node) =>
        node.Aggregation is V1.Aggregation.Geometric or V1.Aggregation.Harmonic or V1.Aggregation.Generalised
        || node.Children.Any(NeedsValuesAboveZero);

    private static double WeightOf(V1.Node node) => node.HasWeight ? node.Weight : 1;

    private static Aggregation AggregationOf(V1.Node node) =>
        node.Aggregation switch
        {
            V1.Aggregation.Geometric => Aggregation.Geometric,
            V1.Aggregation.Harmonic => Aggregation.Harmonic,
            V1.Aggregation.Generalised => new GeneralisedMean(node.Exponent),
            V1.Aggregation.Median => new MedianChild(),
            V1.Aggregation.Minimum => new MinimumChild(),
            V1.Aggregation.Maximum => new MaximumChild(),
            V1.Aggregation.Copeland => new Copeland(node.OwnScale),
            _ => Aggregation.Arithmetic,
        };

    private static Weighting WeightingOf(V1.Weighting? weighting) =>
        weighting?.Method switch
        {
            V1.WeightingMethod.Equal => Weighting.Equal,
            V1.WeightingMethod.PrincipalComponent => new PrincipalComponentWeights(),
            V1.WeightingMethod.Correlation => CorrelationOf(weighting),
            _ => Weighting.Given,
        };

    private static CorrelationWeights CorrelationOf(V1.Weighting weighting)
    {
        CorrelationWeights weights = new([.. weighting.Influences]) { Kind = CorrelationKinds.Of(weighting.Correlation) };
        return weights with
        {
            Tolerance = weighting.HasTolerance ? weighting.Tolerance : weights.Tolerance,
            MaximumEvaluations = weighting.HasMaximumEvaluations ? weighting.MaximumEvaluations : weights.MaximumEvaluations,
        };
    }

    private static MissingDataPolicy MissingOf(V1.MissingDataPolicy? policy, V1.Aggregation aggregation) =>
        TreatmentOf(policy, aggregation) switch
        {
            V1.MissingDataTreatment.RequireAll => new RefuseIncomplete(),
            V1.MissingDataTreatment.StatedValue => new HoldValue(policy!.StatedValue, policy.StatedSpread),
            _ => new RenormaliseWeights(policy?.MinimumCoverage ?? 0) { PresenceFloor = policy?.MinimumPresence ?? 0 },
        };
}

using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Models;

/// <summary>Turns a leaf, and the methods on its way into the tree, into the engine's. Needs a leaf that keeps to the rules.</summary>
internal static class LeafModels
{
    /// <summary>Turns a leaf.</summary>
    public static Leaf Leaf(V1.Leaf leaf, double weight, V1.Indicator? indicator) =>
        new()
        {
            Code = leaf.Indicator,
            Weight = weight,
            Direction = leaf.Direction == V1.Direction.Decreasing ? Direction.Lowers : Direction.Raises,
            Normalisation = NormalisationOf(leaf),
            Denominator = DenominatorOf(leaf.Denominator),
            Imputation = ImputationOf(leaf.Imputation),
            Treatment = leaf.Treatment is { } treatment ? TreatmentModels.Treatment(treatment) : null,
            Validity = leaf.Validity?.ToTimeSpan(),
            DefaultError = ErrorModels.Error(indicator),
            ValidRange = ErrorModels.Range(indicator),
        };

    private static Normalisation NormalisationOf(V1.Leaf leaf)
    {
        var given = leaf.Normalisation;
        Normalisation method = given?.MethodCase switch
        {
            V1.Normalisation.MethodOneofCase.MinMax => new MinMax(
                given.MinMax.Low,
                given.MinMax.HasHigh ? given.MinMax.High : 100,
                !given.MinMax.Uncapped
            ),
            V1.Normalisation.MethodOneofCase.ZScore => new ZScore(
                given.ZScore.Mean,
                given.ZScore.HasDeviation ? given.ZScore.Deviation : 1
            ),
            V1.Normalisation.MethodOneofCase.Rank => new Ranking(),
            V1.Normalisation.MethodOneofCase.Borda => new BordaCount(),
            V1.Normalisation.MethodOneofCase.PercentileRank => new PercentileRank(),
            V1.Normalisation.MethodOneofCase.DistanceToTarget => new DistanceToTarget(
                given.DistanceToTarget.Target,
                given.DistanceToTarget.Capped
            ),
            V1.Normalisation.MethodOneofCase.DistanceToReference => new DistanceToReference(
                given.DistanceToReference.Unit,
                given.DistanceToReference.Capped
            ),
            V1.Normalisation.MethodOneofCase.DistanceToMaximum => new DistanceToMaximum(),
            V1.Normalisation.MethodOneofCase.FractionOfMaximum => new FractionOfMaximum(),
            V1.Normalisation.MethodOneofCase.Categorical => new CategoricalBands([
                .. given.Categorical.Steps.Select(step => new CategoryStep(step.From, step.Score)),
            ]),
            V1.Normalisation.MethodOneofCase.Logistic => new LogisticCurve(given.Logistic.Midpoint, given.Logistic.Steepness),
            V1.Normalisation.MethodOneofCase.AsIs => new AsIs(),
            _ => new Goalposts(leaf.Low, leaf.High, given?.Goalposts?.Uncapped != true),
        };
        return given?.OwnScale == true ? method with { OwnScale = true } : method;
    }

    private static Denominator? DenominatorOf(V1.Denominator? given) =>
        given is null ? null : new(given.Indicator, given.HasScale ? given.Scale : 1, given.Validity?.ToTimeSpan());

    private static Imputation? ImputationOf(V1.Imputation? given) =>
        given?.MethodCase switch
        {
            V1.Imputation.MethodOneofCase.Central => new CentralValue(
                StatisticOf(given.Central.Statistic),
                given.Central.Group is { Length: > 0 } group ? group : null
            ),
            V1.Imputation.MethodOneofCase.Sibling => new SiblingValue(StatisticOf(given.Sibling.Statistic)),
            V1.Imputation.MethodOneofCase.Linear => new LinearBetweenTimes(!given.Linear.InsideOnly),
            V1.Imputation.MethodOneofCase.ExpectationMaximisation => new ExpectationMaximisation(
                given.ExpectationMaximisation.Within is { Length: > 0 } node ? node : null
            ),
            V1.Imputation.MethodOneofCase.CarriedForward => new CarriedForward(
                given.CarriedForward.HasMaximumTimes ? given.CarriedForward.MaximumTimes : null,
                given.CarriedForward.HoldFirst
            ),
            _ => null,
        };

    private static CentralStatistic StatisticOf(V1.CentralStatistic given) =>
        given == V1.CentralStatistic.Median ? CentralStatistic.Median : CentralStatistic.Mean;
}

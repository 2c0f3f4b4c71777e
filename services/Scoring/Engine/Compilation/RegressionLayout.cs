using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>Lays out a logistic model: one node, a slot a predictor.</summary>
internal static class RegressionLayout
{
    public static Layout Build(LogisticFramework model)
    {
        var predictors = model.Predictors;
        var count = predictors.Length;
        var holdsDefaults = model.Missing is HoldDefaults;
        var shares = Shares(predictors);
        var totalShare = shares.Sum();
        var baselines = predictors.Select(predictor => predictor.Default ?? 0).ToArray();
        var baseline = model.Intercept;
        for (var i = 0; i < count; i++) baseline += predictors[i].Coefficient * baselines[i];

        var plan = new NodePlan(
            0, count, -1, Link.Logit, model.Intercept, 1, totalShare, 0, !holdsDefaults, 0, 1, baseline, Links.Back(Link.Logit, baseline));
        return new Layout
        {
            NodePlans = [plan],
            LeafPlans = [.. Enumerable.Range(0, count).Select(i => new LeafPlan(i, 0, 1, 0, 1, Capped: false))],
            Weights = [.. predictors.Select(predictor => predictor.Coefficient)],
            Shares = shares,
            Holds = [.. predictors.Select(predictor => holdsDefaults ? predictor.Default ?? double.NaN : double.NaN)],
            Baselines = baselines,
            MissingVariances = [.. predictors.Select(MissingVariance)],
            Occupants = [.. Enumerable.Range(0, count).Select(i => ~i)],
            Owners = new int[count],
            Orientations = [(0, 1)],
            Leaves = [.. predictors.Select((predictor, i) =>
                new LeafInfo(i, predictor.Indicator, 0, shares[i] / totalShare, predictor.Validity))],
            Nodes = [new NodeInfo(0, CompiledFramework.ProbabilityCode, "Probability", -1, 0, count, 1)],
        };
    }

    /// <summary>
    /// Coefficients are per unit, so they are no weights. What a predictor can move the log-odds by over its range, |coefficient| · (high −
    /// low), is one; where a range is lacking every predictor with a coefficient counts the same.
    /// </summary>
    private static double[] Shares(ImmutableArray<Predictor> predictors)
    {
        var ranged = predictors.All(predictor => predictor.Coefficient == 0 || predictor.Range is not null);
        return [.. predictors.Select(predictor => predictor switch
        {
            { Coefficient: 0 } => 0.0,
            { Range: { } range } when ranged => Math.Abs(predictor.Coefficient) * (range.High - range.Low),
            _ => 1.0,
        })];
    }

    private static double MissingVariance(Predictor predictor) => predictor.Range is { } range
        ? Links.UniformVariance(Link.Identity, range.Low, range.High)
        : double.PositiveInfinity;
}

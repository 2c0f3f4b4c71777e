using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.States;

/// <content>
/// How sure the score is, analytically. Each node's variance on its scale of addition is Σ (w/W)²·var(g(x)), with W the whole weight: an
/// observed child has its own variance, by the first-order rule var(g(x)) = g'(x)²·var(x), never more than not knowing it would have; a
/// missing one has that of its distribution where it is not known (uniform over its range, or the reference set's). So data that goes missing
/// widens the interval, whatever the policy makes of the score itself. A value that reaches several places (a denominator, an indicator that
/// several regressions read) has one error, whose effects are added before they are squared. In a regression with products the slope of a
/// predictor is that of the whole sum. A median, minimum, maximum or Copeland's method has no slope of use at a point: there each child's is that
/// of the chord over one standard error to either side. Sources: JCGM 100:2008 (GUM), section 5.1.2, the law of propagation of uncertainty, its
/// note on finite differences (5.1.3, note 2), 5.2 for shared errors, and 4.3.7, the uniform distribution for an unknown value; OECD and JRC,
/// Handbook (2008), section 7, uncertainty of composite indicators.
/// </content>
public sealed partial class ScoreState
{
    /// <summary>
    /// Gets an interval around the score. It is symmetric on the root's scale of addition (the log-odds of a probability before its
    /// calibration, the logarithm of a geometric mean) and ends where the scale of the score ends.
    /// </summary>
    /// <param name="confidence">The probability to cover, above 0 and below 1; the errors are taken as normal.</param>
    /// <returns>The interval, or null without a score.</returns>
    public ScoreInterval? Interval(double confidence) => NodeInterval(Framework.Root, confidence);

    /// <summary>Gets an interval around a node's score, as <see cref="Interval"/> does around the root's.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="confidence">The probability to cover, above 0 and below 1.</param>
    /// <returns>The interval, or null without a score.</returns>
    public ScoreInterval? NodeInterval(int node, double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
        if (double.IsNaN(ScoreOf(node))) return null;
        var plan = _layout.NodePlans[node];
        var (deviation, slope) = (LinearDeviation(node), plan.ScoreSlope(_linears[node]));
        var reach = NormalQuantile.Of((1 + confidence) / 2) * deviation;
        var (one, other) = (plan.ScoreAt(_linears[node] - reach), plan.ScoreAt(_linears[node] + reach));
        return new ScoreInterval(
            Math.Min(one, other),
            Math.Max(one, other),
            confidence,
            slope == 0 ? 0 : deviation * Math.Abs(slope),
            ScoreInterval.DeltaMethod);
    }

    /// <summary>Gets the probability that the score of complete and exact data is at or above a value, by the same method.</summary>
    /// <param name="value">A value on the scale of the score.</param>
    /// <returns>From 0 to 1, or null without a score.</returns>
    public double? ProbabilityAtLeast(double value) => NodeProbabilityAtLeast(Framework.Root, value);

    /// <summary>Gets the probability that a node's score is at or above a value, as <see cref="ProbabilityAtLeast"/> does for the root.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="value">A value on the scale of the score.</param>
    /// <returns>From 0 to 1, or null without a score.</returns>
    public double? NodeProbabilityAtLeast(int node, double value)
    {
        if (double.IsNaN(ScoreOf(node))) return null;
        var plan = _layout.NodePlans[node];
        if (value <= plan.Low) return 1;
        if (value > plan.High) return 0;
        var deviation = LinearDeviation(node);
        if (deviation == 0) return _scores[node] >= value ? 1 : 0;
        var distance = (_linears[node] - plan.LinearOf(value)) / deviation;
        return NormalDistribution.Cumulative(plan.Link.IsFalling ? -distance : distance);
    }

    /// <summary>Gets the probability that a leaf's true value is at or above a value in its own unit, its error taken as normal.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <param name="value">A value in the indicator's unit.</param>
    /// <returns>From 0 to 1, or null while the leaf is missing.</returns>
    public double? LeafProbabilityAtLeast(int leaf, double value)
    {
        if (double.IsNaN(_values[leaf])) return null;
        if (_errors[leaf] == 0) return _values[leaf] >= value ? 1 : 0;
        return NormalDistribution.Cumulative((_values[leaf] - value) / _errors[leaf]);
    }
}

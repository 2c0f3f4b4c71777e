using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Fits <see cref="PlattCalibration"/>. Source: J. Platt, "Probabilistic Outputs for Support Vector Machines" (1999), by the stable Newton
/// method of H.-T. Lin, C.-J. Lin and R. Weng, "A note on Platt's probabilistic outputs for support vector machines", Machine Learning 68
/// (2007).
/// </summary>
public static class PlattScaling
{
    /// <summary>Log-odds of 0 and 1 are taken at this distance from them.</summary>
    private const double Edge = 1e-12;

    /// <summary>As good as 0, and still rising.</summary>
    private const double LeastSlope = 1e-9;

    private const int MaximumIterations = 100;

    /// <summary>
    /// Fits slope and intercept. The targets are (events + 1) / (events + 2) and 1 / (others + 2) in place of 1 and 0, so that few outcomes
    /// do not make certainty. A slope below 1e-9, which would reverse the model's order, becomes that: the smoothed base rate for all.
    /// </summary>
    /// <param name="probabilities">The probability of each case, by a model that was fitted without it.</param>
    /// <param name="outcomes">What came of each case.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="FittingException">There is no case, the lengths differ, or a probability is not from 0 to 1.</exception>
    public static PlattCalibration Fit(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes)
    {
        HeldOutRules.Check(probabilities, outcomes);
        var events = outcomes.Count(true);
        var others = outcomes.Length - events;
        var (high, low) = ((events + 1.0) / (events + 2.0), 1 / (others + 2.0));
        var scores = new double[probabilities.Length];
        var targets = new double[probabilities.Length];
        for (var i = 0; i < scores.Length; i++)
            (scores[i], targets[i]) = (LogOdds(probabilities[i]), outcomes[i] ? high : low);
        var fitted = Newton(scores, targets, Math.Log((events + 1.0) / (others + 1.0)));
        if (fitted.Slope >= LeastSlope)
            return fitted;
        var rate = ((events * high) + (others * low)) / outcomes.Length;
        return new PlattCalibration(LeastSlope, Math.Log(rate / (1 - rate)));
    }

    private static double LogOdds(double probability) => Link.Logit.Forward(Math.Clamp(probability, Edge, 1 - Edge));

    private static PlattCalibration Newton(double[] scores, double[] targets, double start)
    {
        var (slope, intercept) = (0.0, start);
        var loss = Loss(scores, targets, slope, intercept);
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            // The curvature has a trace of a ridge, so that scores which are all the same can be solved for too.
            double g1 = 0,
                g2 = 0,
                h11 = 1e-12,
                h22 = 1e-12,
                h12 = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                var p = Link.Logit.Back((slope * scores[i]) + intercept);
                var curvature = p * (1 - p);
                g1 += scores[i] * (p - targets[i]);
                g2 += p - targets[i];
                h11 += scores[i] * scores[i] * curvature;
                h22 += curvature;
                h12 += scores[i] * curvature;
            }

            if (Math.Max(Math.Abs(g1), Math.Abs(g2)) < 1e-10 * scores.Length)
                break;
            var determinant = (h11 * h22) - (h12 * h12);
            var (step1, step2) = (-((h22 * g1) - (h12 * g2)) / determinant, -((h11 * g2) - (h12 * g1)) / determinant);
            var descent = (g1 * step1) + (g2 * step2);
            var length = 1.0;
            var next = Loss(scores, targets, slope + step1, intercept + step2);
            while (!(next <= loss + (1e-4 * length * descent)) && length > 1e-10)
            {
                length /= 2;
                next = Loss(scores, targets, slope + (length * step1), intercept + (length * step2));
            }

            if (!(next < loss))
                break;
            (slope, intercept, loss) = (slope + (length * step1), intercept + (length * step2), next);
        }

        return new PlattCalibration(slope, intercept);
    }

    /// <summary>The cross-entropy, written so that nothing overflows.</summary>
    private static double Loss(double[] scores, double[] targets, double slope, double intercept)
    {
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            var odds = (slope * scores[i]) + intercept;
            sum += Math.Max(odds, 0) + Math.Log(1 + Math.Exp(-Math.Abs(odds))) - (targets[i] * odds);
        }

        return sum;
    }
}

using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>
/// The logistic regression of what came on the log-odds of what was said. Source: D. R. Cox, "Two further applications of a model for
/// binary regression", Biometrika 45 (1958).
/// </summary>
/// <param name="Slope">1 where probabilities are as far apart as they should be, below 1 where they are too far.</param>
/// <param name="Intercept">0 where it should be, on the log-odds scale.</param>
public sealed record CalibrationLine(double Slope, double Intercept)
{
    private const int MostSteps = 100;

    /// <summary>Beyond this, log-odds are on their way to infinity: a cut tells the outcomes apart.</summary>
    private const double Furthest = 1e6;

    /// <summary>Fits it by maximum likelihood.</summary>
    /// <param name="cases">The forecasts with their outcomes, in any order.</param>
    /// <returns>
    /// The line; null where one of the two outcomes never came, a probability is 0 or 1 and so has no log-odds, all probabilities are the
    /// same, or a cut tells the outcomes apart.
    /// </returns>
    /// <exception cref="FittingException">There is no case, or a score is not from 0 to 1.</exception>
    public static CalibrationLine? Fit(ReadOnlySpan<ScoredOutcome> cases)
    {
        ForecastRules.CheckProbabilities(cases);
        var sorted = CalibrationCurve.Sorted(cases);
        if (sorted[0].Score <= 0 || sorted[^1].Score >= 1 || sorted[0].Score == sorted[^1].Score || !Overlaps(sorted))
            return null;
        var odds = Array.ConvertAll(sorted, one => Link.Logit.Forward(one.Score));
        var (slope, intercept) = (0.0, 0.0);
        for (var step = 0; step < MostSteps; step++)
        {
            double g1 = 0,
                g2 = 0,
                h11 = 0,
                h12 = 0,
                h22 = 0;
            for (var i = 0; i < odds.Length; i++)
            {
                var p = Link.Logit.Back((slope * odds[i]) + intercept);
                var (error, curvature) = ((sorted[i].Outcome ? 1 : 0) - p, p * (1 - p));
                (g1, g2) = (g1 + (error * odds[i]), g2 + error);
                (h11, h12, h22) = (h11 + (curvature * odds[i] * odds[i]), h12 + (curvature * odds[i]), h22 + curvature);
            }

            var determinant = (h11 * h22) - (h12 * h12);
            var (step1, step2) = (((h22 * g1) - (h12 * g2)) / determinant, ((h11 * g2) - (h12 * g1)) / determinant);
            (slope, intercept) = (slope + step1, intercept + step2);
            if (!(Math.Abs(slope) < Furthest && Math.Abs(intercept) < Furthest))
                return null;
            if (Math.Abs(step1) <= 1e-12 * (1 + Math.Abs(slope)) && Math.Abs(step2) <= 1e-12 * (1 + Math.Abs(intercept)))
                return new CalibrationLine(slope, intercept);
        }

        return null;
    }

    /// <summary>
    /// Whether some probability of an event lies below one of the others and some above, so that no cut tells them apart.
    /// </summary>
    private static bool Overlaps(ScoredOutcome[] sorted)
    {
        double lowEvent = double.PositiveInfinity,
            highEvent = double.NegativeInfinity,
            lowOther = lowEvent,
            highOther = highEvent;
        foreach (var one in sorted)
        {
            if (one.Outcome)
                (lowEvent, highEvent) = (Math.Min(lowEvent, one.Score), Math.Max(highEvent, one.Score));
            else
                (lowOther, highOther) = (Math.Min(lowOther, one.Score), Math.Max(highOther, one.Score));
        }

        return lowEvent < highOther && lowOther < highEvent;
    }
}

using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>
/// The mean squared error of probabilities, and what it is made of: score = reliability − resolution + uncertainty + within bins. Source:
/// G. W. Brier, Monthly Weather Review 78 (1950); A. H. Murphy, "A New Vector Partition of the Probability Score", Journal of Applied
/// Meteorology 12 (1973); for the last part D. Stephenson, C. Coelho and I. Jolliffe, Weather and Forecasting 23 (2008).
/// </summary>
/// <param name="Score">The score, 0 to 1; less is better.</param>
/// <param name="Reliability">The mean squared distance between what was forecast and what came; less is better.</param>
/// <param name="Resolution">The mean squared distance between what came in a bin and the base rate; more is better.</param>
/// <param name="Uncertainty">Base rate · (1 − base rate): the score of a forecast of the base rate.</param>
/// <param name="WithinBins">What differs within bins; 0 where each bin holds one probability.</param>
public sealed record BrierScore(double Score, double Reliability, double Resolution, double Uncertainty, double WithinBins)
{
    /// <summary>Measures it.</summary>
    /// <param name="cases">The forecasts with their outcomes, in any order.</param>
    /// <param name="bins">The number of bins of about equal count, at least 1; null for one a distinct probability, as Murphy has
    /// it.</param>
    /// <returns>The score and its parts.</returns>
    /// <exception cref="FittingException">There is no case, or a score is not from 0 to 1.</exception>
    public static BrierScore Measure(ReadOnlySpan<ScoredOutcome> cases, int? bins = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins ?? 1, 1, nameof(bins));
        ForecastRules.CheckProbabilities(cases);
        var sorted = CalibrationCurve.Sorted(cases);
        var rate = (double)ForecastRules.Events(cases) / cases.Length;
        double score = 0,
            reliability = 0,
            resolution = 0,
            within = 0;
        foreach (var (first, end) in CalibrationCurve.Ranges(sorted, bins))
        {
            var bin = sorted.AsSpan(first, end - first);
            double probability = 0;
            foreach (var item in bin)
                probability += item.Score / bin.Length;
            var observed = (double)ForecastRules.Events(bin) / bin.Length;
            reliability += bin.Length * (probability - observed) * (probability - observed);
            resolution += bin.Length * (observed - rate) * (observed - rate);
            foreach (var item in bin)
            {
                var (outcome, deviation) = (item.Outcome ? 1.0 : 0.0, item.Score - probability);
                score += (item.Score - outcome) * (item.Score - outcome);
                within += deviation * (deviation - (2 * (outcome - observed)));
            }
        }

        var count = cases.Length;
        return new BrierScore(score / count, reliability / count, resolution / count, rate * (1 - rate), within / count);
    }
}

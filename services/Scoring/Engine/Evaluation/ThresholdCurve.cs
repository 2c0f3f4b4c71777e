using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>What each threshold would have come to: the receiver operating characteristic and the precision-recall curve in one.</summary>
/// <param name="Points">One a distinct score, from the highest down.</param>
/// <param name="AveragePrecision">
/// Σ (recall − recall before) · precision over the points, the area under the precision-recall curve without interpolation; the base rate
/// is chance. Source: C. Manning, P. Raghavan and H. Schütze, Introduction to Information Retrieval (2008), section 8.4; T. Saito and
/// M. Rehmsmeier, PLoS ONE 10 (2015), for why it tells more than the other where events are rare.
/// </param>
public sealed record ThresholdCurve(ImmutableArray<RocPoint> Points, double AveragePrecision)
{
    /// <summary>Draws it.</summary>
    /// <param name="cases">The forecasts with their outcomes, in any order.</param>
    /// <returns>The curve; null where one of the two outcomes never came.</returns>
    /// <exception cref="FittingException">A score is not a number.</exception>
    public static ThresholdCurve? Measure(ReadOnlySpan<ScoredOutcome> cases)
    {
        ForecastRules.CheckScores(cases);
        var events = ForecastRules.Events(cases);
        if (events == 0 || events == cases.Length)
            return null;
        var sorted = cases.ToArray();
        Array.Sort(sorted, static (a, b) => b.Score.CompareTo(a.Score));
        var points = ImmutableArray.CreateBuilder<RocPoint>();
        double average = 0,
            recallBefore = 0;
        var hits = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Outcome)
                hits++;
            if (i + 1 < sorted.Length && sorted[i + 1].Score == sorted[i].Score)
                continue;
            var recall = (double)hits / events;
            var precision = (double)hits / (i + 1);
            points.Add(new RocPoint(sorted[i].Score, recall, (double)(i + 1 - hits) / (cases.Length - events), precision));
            average += (recall - recallBefore) * precision;
            recallBefore = recall;
        }

        return new ThresholdCurve(points.ToImmutable(), average);
    }
}

using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Evaluating;

/// <summary>Measures of forecasts in the words of the contract.</summary>
internal static class Skills
{
    private const int MostPoints = 200;
    private const int Bins = 10;

    /// <summary>Measures forecasts.</summary>
    /// <param name="cases">The forecasts with their outcomes.</param>
    /// <param name="top">How many countries a period count as warned of.</param>
    /// <param name="probabilities">Whether the scores are probabilities; an index has no Brier score.</param>
    /// <param name="ranks">Whether the scores rank countries; a base rate, which says the same of each, does not.</param>
    public static V1.Skill Of(ReadOnlySpan<ScoredOutcome> cases, int top, bool probabilities, bool ranks = true)
    {
        var skill = new V1.Skill { Count = cases.Length, Top = top };
        if (cases.IsEmpty)
        {
            return skill;
        }

        AddListed(skill, TopRanked.Measure(cases, top));
        skill.BaseRate = (double)skill.Events / cases.Length;
        if (ranks)
        {
            AddRanked(skill, cases);
        }

        if (probabilities)
        {
            skill.Brier = BrierScore.Measure(cases).Score;
            skill.LogScore = LogScore.Measure(cases);
        }

        return skill;
    }

    private static void AddListed(V1.Skill skill, TopRanked listed)
    {
        skill.Events = listed.Events;
        if (listed.Recall is { } recall)
        {
            skill.RecallAtTop = recall;
        }

        if (listed.Precision is { } precision)
        {
            skill.PrecisionAtTop = precision;
        }

        if (listed.FalseAlarmsPerHit is { } perHit)
        {
            skill.FalseAlarmsPerHit = perHit;
        }
    }

    private static void AddRanked(V1.Skill skill, ReadOnlySpan<ScoredOutcome> cases)
    {
        if (AreaUnderRoc.Measure(cases) is { } area)
        {
            skill.Auc = area.Value;
            if (area is { Low: { } low, High: { } high })
            {
                (skill.AucLower, skill.AucUpper) = (low, high);
                skill.AucInterval = area.Clustered ? V1.AucInterval.Clustered : V1.AucInterval.Delong;
            }
        }

        if (ThresholdCurve.Measure(cases) is { } curve)
        {
            skill.AveragePrecision = curve.AveragePrecision;
        }
    }

    /// <summary>The calibration curve, in ten bins unless told otherwise.</summary>
    public static IEnumerable<V1.CalibrationBin> Calibration(ReadOnlySpan<ScoredOutcome> cases, int bins = Bins) =>
        cases.IsEmpty
            ? []
            : CalibrationCurve
                .Measure(cases, bins)
                .Bins.Select(bin => new V1.CalibrationBin
                {
                    MeanProbability = bin.MeanProbability,
                    Frequency = bin.ObservedRate,
                    Count = bin.Count,
                });

    /// <summary>The ROC and precision-recall curve; of more than 200 points every so many, the first and the last among them.</summary>
    public static IEnumerable<V1.CurvePoint> Curve(ReadOnlySpan<ScoredOutcome> cases)
    {
        if (ThresholdCurve.Measure(cases)?.Points is not { } points)
        {
            return [];
        }

        var count = Math.Min(points.Length, MostPoints);
        return Enumerable
            .Range(0, count)
            .Select(i => points[count == 1 ? 0 : (int)((long)i * (points.Length - 1) / (count - 1))])
            .Select(point => new V1.CurvePoint
            {
                Threshold = point.Threshold,
                TruePositiveRate = point.Recall,
                FalsePositiveRate = point.FalsePositiveRate,
                Precision = point.Precision,
            });
    }

    /// <summary>Reads how many countries a period count as warned of.</summary>
    public static int Top(int top) =>
        top switch
        {
            0 => 30,
            > 0 and <= 1_000 => top,
            _ => throw Fault.Field(V1.ErrorReason.InvalidField, "top", $"{top} is not from 1 to 1000."),
        };
}

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
    public static V1.Skill Of(ReadOnlySpan<ScoredOutcome> cases, int top, bool probabilities)
    {
        var skill = new V1.Skill { Count = cases.Length, Top = top };
        if (cases.IsEmpty)
        {
            return skill;
        }

        var ranked = TopRanked.Measure(cases, top);
        skill.Events = ranked.Events;
        skill.BaseRate = (double)ranked.Events / cases.Length;
        skill.RecallAtTop = ranked.Recall ?? 0;
        skill.PrecisionAtTop = ranked.Precision ?? 0;
        if (AreaUnderRoc.Measure(cases) is { } area)
        {
            skill.Auc = area.Value;
            (skill.AucLower, skill.AucUpper) = (area.Low ?? 0, area.High ?? 1);
        }

        skill.AveragePrecision = ThresholdCurve.Measure(cases)?.AveragePrecision ?? 0;
        if (probabilities)
        {
            skill.Brier = BrierScore.Measure(cases).Score;
            skill.LogScore = LogScore.Measure(cases);
        }

        return skill;
    }

    /// <summary>The calibration curve, in ten bins.</summary>
    public static IEnumerable<V1.CalibrationBin> Calibration(ReadOnlySpan<ScoredOutcome> cases) => cases.IsEmpty
        ? []
        : CalibrationCurve.Measure(cases, Bins).Bins.Select(bin => new V1.CalibrationBin
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
        return Enumerable.Range(0, count)
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
    public static int Top(int top) => top switch
    {
        0 => 30,
        > 0 and <= 1_000 => top,
        _ => throw Fault.Field(V1.ErrorReason.InvalidField, "top", $"{top} is not from 1 to 1000."),
    };
}

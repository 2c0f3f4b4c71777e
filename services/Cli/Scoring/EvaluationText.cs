using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Words how good given forecasts were.</summary>
internal static class EvaluationText
{
    public static void Print(Printer print, EvaluateForecastsResponse evaluation)
    {
        PrintSkill(print, evaluation);
        PrintLeads(print, evaluation.LeadTimes);
        PrintPeriods(print, evaluation.Periods);
        Skills.PrintCalibration(print, evaluation.Calibration);
    }

    private static void PrintSkill(Printer print, EvaluateForecastsResponse evaluation)
    {
        var skill = evaluation.Skill ?? new();
        print.Line(
            $"{Wording.Count(skill.Count)} forecasts judged, {Wording.Count(skill.Events)} with an event"
                + (skill.HasBaseRate ? $" (base rate {Wording.Figure(skill.BaseRate)})" : "")
        );
        if (evaluation.Unknown > 0 || evaluation.WithoutProbability > 0)
        {
            print.Line(
                new Cell(
                    $"left out: {Wording.Count(evaluation.Unknown)} whose outcome is not known, "
                        + $"{Wording.Count(evaluation.WithoutProbability)} without a probability",
                    Tone.Warn
                )
            );
        }

        print.Line();
        print.Table(
            ["measure", Column.Figure("value"), ""],
            [
                ["AUC", Wording.Figure(skill.HasAuc, skill.Auc), Interval(skill)],
                [
                    "average precision",
                    Wording.Figure(skill.HasAveragePrecision, skill.AveragePrecision),
                    skill.HasBaseRate ? $"chance: {Wording.Figure(skill.BaseRate)}" : "",
                ],
                [
                    "Brier score",
                    Wording.Figure(skill.HasBrier, skill.Brier),
                    evaluation.HasBrierSkill ? $"skill over the base rate {Wording.Figure(evaluation.BrierSkill)}" : "",
                ],
                ["log score", Wording.Figure(skill.HasLogScore, skill.LogScore), "nats, lower is better"],
                [
                    "calibration slope",
                    Wording.Figure(evaluation.CalibrationLine is not null, evaluation.CalibrationLine?.Slope ?? 0),
                    "1 is right, below it too extreme",
                ],
                [
                    "calibration intercept",
                    Wording.Figure(evaluation.CalibrationLine is not null, evaluation.CalibrationLine?.Intercept ?? 0),
                    "0 is right",
                ],
                [
                    $"recall in top {skill.Top}",
                    Share(skill.HasRecallAtTop, skill.RecallAtTop),
                    "of each period; ties by their share of the list",
                ],
                [$"precision in top {skill.Top}", Share(skill.HasPrecisionAtTop, skill.PrecisionAtTop), ""],
                ["false alarms a hit", Wording.Figure(skill.HasFalseAlarmsPerHit, skill.FalseAlarmsPerHit), ""],
            ]
        );
    }

    private static string Interval(Skill skill) =>
        skill.HasAucLower
            ? $"95 %: {Wording.Figure(skill.AucLower)}–{Wording.Figure(skill.AucUpper)}, "
                + $"{(skill.AucInterval == AucInterval.Clustered ? "Obuchowski, a unit's forecasts together" : "DeLong")}"
        : skill.HasAuc ? "no interval: too few cases, or all told apart"
        : "";

    private static void PrintLeads(Printer print, LeadTimes? leads)
    {
        if (leads is not null)
        {
            print.Line();
            print.Line(
                $"lead times of {Wording.Count(leads.Events)} events: median {Wording.Figure(leads.HasMedianDays, leads.MedianDays)} days, "
                    + $"from {Wording.Figure(leads.HasShortestDays, leads.ShortestDays)} to "
                    + $"{Wording.Figure(leads.HasLongestDays, leads.LongestDays)}; {Wording.Count(leads.Missed)} events were on no list"
            );
        }
    }

    private static void PrintPeriods(Printer print, IReadOnlyCollection<GivenPeriodSkill> periods)
    {
        print.Line();
        print.Table(
            [
                "period",
                Column.Figure("judged"),
                Column.Figure("left out"),
                Column.Figure("events"),
                Column.Figure("AUC"),
                Column.Figure("recall"),
                Column.Figure("precision"),
            ],
            periods.Select(period =>
                new Cell[]
                {
                    period.Time?.ToDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Wording.None,
                    Wording.Count(period.Skill?.Count ?? 0),
                    Wording.Count(period.LeftOut),
                    Wording.Count(period.Skill?.Events ?? 0),
                    Wording.Figure(period.Skill?.HasAuc ?? false, period.Skill?.Auc ?? 0),
                    Share(period.Skill?.HasRecallAtTop ?? false, period.Skill?.RecallAtTop ?? 0),
                    Share(period.Skill?.HasPrecisionAtTop ?? false, period.Skill?.PrecisionAtTop ?? 0),
                }
            )
        );
    }

    private static string Share(bool given, double share) => given ? Wording.Percent(share) : Wording.None;
}

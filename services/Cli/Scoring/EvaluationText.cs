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
        SkillText.PrintCalibration(print, evaluation.Calibration);
    }

    private static void PrintSkill(Printer print, EvaluateForecastsResponse evaluation)
    {
        var skill = evaluation.Skill ?? new();
        print.Line(
            $"{DisplayText.Count(skill.Count)} forecasts judged, {DisplayText.Count(skill.Events)} with an event"
                + (skill.HasBaseRate ? $" (base rate {DisplayText.Figure(skill.BaseRate)})" : "")
        );
        if (evaluation.Unknown > 0 || evaluation.WithoutProbability > 0)
        {
            print.Line(
                new Cell(
                    $"left out: {DisplayText.Count(evaluation.Unknown)} whose outcome is not known, "
                        + $"{DisplayText.Count(evaluation.WithoutProbability)} without a probability",
                    Tone.Warn
                )
            );
        }

        print.Line();
        print.Table(
            ["measure", Column.Figure("value"), ""],
            [
                ["AUC", DisplayText.Figure(skill.HasAuc, skill.Auc), Interval(skill)],
                [
                    "average precision",
                    DisplayText.Figure(skill.HasAveragePrecision, skill.AveragePrecision),
                    skill.HasBaseRate ? $"chance: {DisplayText.Figure(skill.BaseRate)}" : "",
                ],
                [
                    "Brier score",
                    DisplayText.Figure(skill.HasBrier, skill.Brier),
                    evaluation.HasBrierSkill ? $"skill over the base rate {DisplayText.Figure(evaluation.BrierSkill)}" : "",
                ],
                ["log score", DisplayText.Figure(skill.HasLogScore, skill.LogScore), "nats, lower is better"],
                [
                    "calibration slope",
                    DisplayText.Figure(evaluation.CalibrationLine is not null, evaluation.CalibrationLine?.Slope ?? 0),
                    "1 is right, below it too extreme",
                ],
                [
                    "calibration intercept",
                    DisplayText.Figure(evaluation.CalibrationLine is not null, evaluation.CalibrationLine?.Intercept ?? 0),
                    "0 is right",
                ],
                [
                    $"recall in top {skill.Top}",
                    Share(skill.HasRecallAtTop, skill.RecallAtTop),
                    "of each period; ties by their share of the list",
                ],
                [$"precision in top {skill.Top}", Share(skill.HasPrecisionAtTop, skill.PrecisionAtTop), ""],
                ["false alarms a hit", DisplayText.Figure(skill.HasFalseAlarmsPerHit, skill.FalseAlarmsPerHit), ""],
            ]
        );
    }

    private static string Interval(Skill skill) =>
        skill.HasAucLower
            ? $"95 %: {DisplayText.Figure(skill.AucLower)}–{DisplayText.Figure(skill.AucUpper)}, "
                + $"{(skill.AucInterval == AucInterval.Clustered ? "Obuchowski, a unit's forecasts together" : "DeLong")}"
        : skill.HasAuc ? "no interval: too few cases, or all told apart"
        : "";

    private static void PrintLeads(Printer print, LeadTimes? leads)
    {
        if (leads is not null)
        {
            print.Line();
            print.Line(
                $"lead times of {DisplayText.Count(leads.Events)} events: median "
                    + $"{DisplayText.Figure(leads.HasMedianDays, leads.MedianDays)} days, "
                    + $"from {DisplayText.Figure(leads.HasShortestDays, leads.ShortestDays)} to "
                    + $"{DisplayText.Figure(leads.HasLongestDays, leads.LongestDays)}; "
                    + $"{DisplayText.Count(leads.Missed)} events were on no list"
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
                    period.Time?.ToDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? DisplayText.None,
                    DisplayText.Count(period.Skill?.Count ?? 0),
                    DisplayText.Count(period.LeftOut),
                    DisplayText.Count(period.Skill?.Events ?? 0),
                    DisplayText.Figure(period.Skill?.HasAuc ?? false, period.Skill?.Auc ?? 0),
                    Share(period.Skill?.HasRecallAtTop ?? false, period.Skill?.RecallAtTop ?? 0),
                    Share(period.Skill?.HasPrecisionAtTop ?? false, period.Skill?.PrecisionAtTop ?? 0),
                }
            )
        );
    }

    private static string Share(bool given, double share) => given ? DisplayText.Percent(share) : DisplayText.None;
}

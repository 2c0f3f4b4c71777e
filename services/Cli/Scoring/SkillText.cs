using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Words how well scores foretell.</summary>
internal static class SkillText
{
    /// <summary>Says how intervals of the area under the curve were made, and how ties at the end of a list are counted.</summary>
    public static void PrintMethods(Printer print, IEnumerable<Skill> skills)
    {
        switch (skills.Select(skill => skill.AucInterval).Distinct().FirstOrDefault(interval => interval != AucInterval.Unspecified))
        {
            case AucInterval.Delong:
                print.Line("intervals of the AUC by DeLong; ties at the end of a list count by the share of them that is on it");
                break;
            case AucInterval.Clustered:
                print.Line(
                    "intervals of the AUC by Obuchowski, a country's periods counted together; ties at the end of a list count by the "
                        + "share of them that is on it"
                );
                break;
        }
    }

    public static void Print(Printer print, IEnumerable<SkillOf> skills)
    {
        SkillOf[] all = [.. skills];
        var top = all.Select(one => one.Pooled?.Top ?? 0).FirstOrDefault(n => n > 0);
        print.Table(
            [
                "forecaster",
                Column.Figure("country-periods"),
                Column.Figure("events"),
                Column.Figure("base rate"),
                Column.Figure("AUC"),
                "95 %",
                Column.Figure("avg. precision"),
                Column.Figure("Brier"),
                Column.Figure("log score"),
                Column.Figure($"recall in top {top}"),
                Column.Figure("precision"),
                Column.Figure("false alarms a hit"),
            ],
            all.Where(one => one.Pooled is not null).Select(one => RowOf(one.Name, one.Pooled))
        );
    }

    public static void PrintPeriods(Printer print, IReadOnlyList<PeriodSkill> periods)
    {
        if (periods.Count == 0)
        {
            return;
        }

        print.Line();
        print.Table(
            [
                "period",
                Column.Figure("countries"),
                Column.Figure("events"),
                Column.Figure("AUC"),
                Column.Figure("naive"),
                Column.Figure("recall"),
                Column.Figure("naive"),
            ],
            periods.Select(period =>
                new Cell[]
                {
                    DateOf(period),
                    DisplayText.Count(period.Model?.Count ?? 0),
                    DisplayText.Count(period.Model?.Events ?? 0),
                    AucOf(period.Model),
                    AucOf(period.Naive),
                    RecallOf(period.Model),
                    RecallOf(period.Naive),
                }
            )
        );
    }

    public static void PrintCalibration(Printer print, IReadOnlyList<CalibrationBin> bins)
    {
        if (bins.Count == 0)
        {
            return;
        }

        print.Line();
        print.Table(
            [Column.Figure("said"), Column.Figure("happened"), Column.Figure("country-periods")],
            bins.Select(bin =>
                new Cell[] { DisplayText.Figure(bin.MeanProbability), DisplayText.Figure(bin.Frequency), DisplayText.Count(bin.Count) }
            )
        );
    }

    public static string DateOf(PeriodSkill period) =>
        period.Time?.ToDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? DisplayText.None;

    private static Cell[] RowOf(string name, Skill skill) =>
        [
            name,
            DisplayText.Count(skill.Count),
            DisplayText.Count(skill.Events),
            DisplayText.Figure(skill.HasBaseRate, skill.BaseRate),
            AucOf(skill),
            skill.HasAucLower ? $"{DisplayText.Figure(skill.AucLower)}–{DisplayText.Figure(skill.AucUpper)}" : DisplayText.None,
            DisplayText.Figure(skill.HasAveragePrecision, skill.AveragePrecision),
            DisplayText.Figure(skill.HasBrier, skill.Brier),
            DisplayText.Figure(skill.HasLogScore, skill.LogScore),
            RecallOf(skill),
            skill.HasPrecisionAtTop ? DisplayText.Percent(skill.PrecisionAtTop) : DisplayText.None,
            DisplayText.Figure(skill.HasFalseAlarmsPerHit, skill.FalseAlarmsPerHit),
        ];

    private static string AucOf(Skill? skill) => skill is null ? DisplayText.None : DisplayText.Figure(skill.HasAuc, skill.Auc);

    private static string RecallOf(Skill? skill) =>
        skill is { HasRecallAtTop: true } ? DisplayText.Percent(skill.RecallAtTop) : DisplayText.None;
}

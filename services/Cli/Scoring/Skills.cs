using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Words how well scores foretell.</summary>
internal static class Skills
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
                    Wording.Count(period.Model?.Count ?? 0),
                    Wording.Count(period.Model?.Events ?? 0),
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
            bins.Select(bin => new Cell[] { Wording.Figure(bin.MeanProbability), Wording.Figure(bin.Frequency), Wording.Count(bin.Count) })
        );
    }

    public static string DateOf(PeriodSkill period) =>
        period.Time?.ToDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Wording.None;

    private static Cell[] RowOf(string name, Skill skill) =>
        [
            name,
            Wording.Count(skill.Count),
            Wording.Count(skill.Events),
            Wording.Figure(skill.HasBaseRate, skill.BaseRate),
            AucOf(skill),
            skill.HasAucLower ? $"{Wording.Figure(skill.AucLower)}–{Wording.Figure(skill.AucUpper)}" : Wording.None,
            Wording.Figure(skill.HasAveragePrecision, skill.AveragePrecision),
            Wording.Figure(skill.HasBrier, skill.Brier),
            Wording.Figure(skill.HasLogScore, skill.LogScore),
            RecallOf(skill),
            skill.HasPrecisionAtTop ? Wording.Percent(skill.PrecisionAtTop) : Wording.None,
            Wording.Figure(skill.HasFalseAlarmsPerHit, skill.FalseAlarmsPerHit),
        ];

    private static string AucOf(Skill? skill) => skill is null ? Wording.None : Wording.Figure(skill.HasAuc, skill.Auc);

    private static string RecallOf(Skill? skill) => skill is { HasRecallAtTop: true } ? Wording.Percent(skill.RecallAtTop) : Wording.None;
}

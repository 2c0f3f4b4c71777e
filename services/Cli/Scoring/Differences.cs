using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Words how two rankings differ.</summary>
internal static class Differences
{
    public static void Print(Printer print, RankingDifference? difference, int most)
    {
        if (difference is null)
        {
            return;
        }

        print.Line(
            $"ranks shift by {DisplayText.Figure(difference.MeanAbsoluteShift)} on average and {difference.LargestShift} at most; "
                + $"Spearman {DisplayText.Figure(difference.Spearman)}, Kendall {DisplayText.Figure(difference.Kendall)}; "
                + $"{difference.LevelChanges} change their level"
        );
        print.Table(
            [
                Column.Figure("shift"),
                "country",
                Column.Figure("rank"),
                Column.Figure("was"),
                Column.Figure("score"),
                Column.Figure("was"),
                "level",
                "was",
            ],
            difference.Countries.Take(most).Select(RowOf)
        );
    }

    private static Cell[] RowOf(ScoreShift shift) =>
        [
            shift is { HasRankBefore: true, HasRankAfter: true }
                ? DisplayText.Signed(shift.RankAfter - shift.RankBefore)
                : DisplayText.None,
            shift.Country,
            RiskText.Rank(shift.HasRankAfter, shift.RankAfter),
            RiskText.Rank(shift.HasRankBefore, shift.RankBefore),
            DisplayText.Figure(shift.HasScoreAfter, shift.ScoreAfter),
            DisplayText.Figure(shift.HasScoreBefore, shift.ScoreBefore),
            new(RiskText.Level(shift.LevelAfter, shift.LevelAtLeastAfter), shift.LevelAfter == shift.LevelBefore ? Tone.Plain : Tone.Warn),
            RiskText.Level(shift.LevelBefore, shift.LevelAtLeastBefore),
        ];
}

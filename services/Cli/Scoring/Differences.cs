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
            $"ranks shift by {Wording.Figure(difference.MeanAbsoluteShift)} on average and {difference.LargestShift} at most; "
                + $"Spearman {Wording.Figure(difference.Spearman)}, Kendall {Wording.Figure(difference.Kendall)}; "
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
            shift is { HasRankBefore: true, HasRankAfter: true } ? Wording.Signed(shift.RankAfter - shift.RankBefore) : Wording.None,
            shift.Country,
            RiskWording.Rank(shift.HasRankAfter, shift.RankAfter),
            RiskWording.Rank(shift.HasRankBefore, shift.RankBefore),
            Wording.Figure(shift.HasScoreAfter, shift.ScoreAfter),
            Wording.Figure(shift.HasScoreBefore, shift.ScoreBefore),
            new(
                RiskWording.Level(shift.LevelAfter, shift.LevelAtLeastAfter),
                shift.LevelAfter == shift.LevelBefore ? Tone.Plain : Tone.Warn
            ),
            RiskWording.Level(shift.LevelBefore, shift.LevelAtLeastBefore),
        ];
}

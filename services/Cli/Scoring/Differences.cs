using System.Globalization;
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
            + $"Spearman {Wording.Figure(difference.Spearman)}, Kendall {Wording.Figure(difference.Kendall)}; {difference.LevelChanges} change their level");
        print.Table(
            [Column.Figure("shift"), "country", Column.Figure("rank"), Column.Figure("was"), Column.Figure("score"), Column.Figure("was"), "level", "was"],
            difference.Countries.Take(most).Select(RowOf));
    }

    private static Cell[] RowOf(ScoreShift shift) =>
    [
        shift is { RankBefore: > 0, RankAfter: > 0 } ? Wording.Signed(shift.RankAfter - shift.RankBefore) : Wording.None,
        shift.Country,
        Rank(shift.RankAfter),
        Rank(shift.RankBefore),
        Wording.Figure(shift.HasScoreAfter, shift.ScoreAfter),
        Wording.Figure(shift.HasScoreBefore, shift.ScoreBefore),
        new(shift.LevelAfter, shift.LevelAfter == shift.LevelBefore ? Tone.Plain : Tone.Warn),
        shift.LevelBefore,
    ];

    private static string Rank(int rank) => rank > 0 ? rank.ToString(CultureInfo.InvariantCulture) : Wording.None;
}

using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Rankings;

namespace EarlyWarning.Scoring.Comparing;

/// <summary>Says how two rankings of the same countries differ.</summary>
internal static class RankingDifferences
{
    /// <summary>Compares.</summary>
    /// <param name="countries">The countries.</param>
    /// <param name="before">The framework before, and the states under it in the order of the countries.</param>
    /// <param name="after">The framework after, and the states under it.</param>
    public static V1.RankingDifference Of(
        IReadOnlyList<string> countries,
        (ChosenFramework Framework, IReadOnlyList<ScoreState> States) before,
        (ChosenFramework Framework, IReadOnlyList<ScoreState> States) after
    )
    {
        var (ranksBefore, ranksAfter) = (Ranks.Of([.. before.States.Select(RankKey.Of)]), Ranks.Of([.. after.States.Select(RankKey.Of)]));
        var shifts = new List<V1.ScoreShift>(countries.Count);
        for (var i = 0; i < countries.Count; i++)
        {
            var shift = new V1.ScoreShift
            {
                Country = countries[i],
                LevelBefore = ScoreParts.LevelName(before.Framework.Compiled, before.States[i].LevelIndex),
                LevelAfter = ScoreParts.LevelName(after.Framework.Compiled, after.States[i].LevelIndex),
                LevelAtLeastBefore = ScoreParts.LevelName(before.Framework.Compiled, before.States[i].LevelAtLeast),
                LevelAtLeastAfter = ScoreParts.LevelName(after.Framework.Compiled, after.States[i].LevelAtLeast),
            };
            if (before.States[i].Score is { } was)
            {
                shift.ScoreBefore = was;
            }

            if (after.States[i].Score is { } becomes)
            {
                shift.ScoreAfter = becomes;
            }

            if (ranksBefore[i] is { } rankBefore)
            {
                shift.RankBefore = rankBefore;
            }

            if (ranksAfter[i] is { } rankAfter)
            {
                shift.RankAfter = rankAfter;
            }

            shifts.Add(shift);
        }

        var difference = new V1.RankingDifference
        {
            LevelChanges = shifts.Count(shift => shift.LevelBefore != shift.LevelAfter),
            Spearman = Finite(Correlations.Spearman(Values(before.States), Values(after.States))),
            Kendall = Finite(Correlations.Kendall(Values(before.States), Values(after.States))),
            Countries = { shifts.OrderByDescending(Shift).ThenBy(shift => shift.Country, StringComparer.Ordinal) },
        };
        int[] ranked = [.. shifts.Select(Shift).Where(shift => shift >= 0)];
        if (ranked.Length > 0)
        {
            (difference.MeanAbsoluteShift, difference.LargestShift) = (ranked.Average(), ranked.Max());
        }

        return difference;
    }

    /// <summary>How many ranks a country moves; -1 where it has a rank in one of the two alone, or in none.</summary>
    private static int Shift(V1.ScoreShift shift) =>
        shift is { HasRankBefore: true, HasRankAfter: true } ? Math.Abs(shift.RankAfter - shift.RankBefore) : -1;

    private static double[] Values(IReadOnlyList<ScoreState> states) => [.. states.Select(state => state.Score ?? double.NaN)];

    /// <summary>Without two countries, or without any difference between scores, there is no correlation.</summary>
    private static double Finite(double correlation) => double.IsNaN(correlation) ? 0 : correlation;
}

using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Rankings;

namespace EarlyWarning.Scoring.Comparing;

/// <summary>Says how two rankings of the same countries differ.</summary>
internal static class Comparison
{
    /// <summary>Compares.</summary>
    /// <param name="countries">The countries.</param>
    /// <param name="before">The framework before, and its scores in the order of the countries.</param>
    /// <param name="after">The framework after, and its scores.</param>
    public static V1.RankingDifference Of(
        IReadOnlyList<string> countries,
        (ChosenFramework Framework, IReadOnlyList<double?> Scores) before,
        (ChosenFramework Framework, IReadOnlyList<double?> Scores) after)
    {
        var (ranksBefore, ranksAfter) = (Ranks.Of(before.Scores), Ranks.Of(after.Scores));
        var shifts = new List<V1.ScoreShift>(countries.Count);
        for (var i = 0; i < countries.Count; i++)
        {
            var shift = new V1.ScoreShift
            {
                Country = countries[i],
                LevelBefore = before.Framework.LevelOf(before.Scores[i]),
                LevelAfter = after.Framework.LevelOf(after.Scores[i]),
                RankBefore = ranksBefore[i],
                RankAfter = ranksAfter[i],
            };
            if (before.Scores[i] is { } was)
            {
                shift.ScoreBefore = was;
            }

            if (after.Scores[i] is { } becomes)
            {
                shift.ScoreAfter = becomes;
            }

            shifts.Add(shift);
        }

        var difference = new V1.RankingDifference
        {
            LevelChanges = shifts.Count(shift => shift.LevelBefore != shift.LevelAfter),
            Spearman = Finite(Correlations.Spearman(Values(before.Scores), Values(after.Scores))),
            Kendall = Finite(Correlations.Kendall(Values(before.Scores), Values(after.Scores))),
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
    private static int Shift(V1.ScoreShift shift) => shift is { RankBefore: > 0, RankAfter: > 0 } ? Math.Abs(shift.RankAfter - shift.RankBefore) : -1;

    private static double[] Values(IReadOnlyList<double?> scores) => [.. scores.Select(score => score ?? double.NaN)];

    /// <summary>Without two countries, or without any difference between scores, there is no correlation.</summary>
    private static double Finite(double correlation) => double.IsNaN(correlation) ? 0 : correlation;
}

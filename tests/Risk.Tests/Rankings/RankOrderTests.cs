using EarlyWarning.Risk.Rankings;

namespace EarlyWarning.Risk.Tests.Rankings;

public sealed class RankOrderTests
{
    [Fact]
    public void Of_LevelsAndScores_GoesByLevelThenScoreAndListsInsufficientApart()
    {
        var ranked = RankOrder.Of([
            Scored("XAA", 0, 95),
            Scored("XAB", 2, 20),
            Insufficient("XAC", null, 0.2),
            Scored("XAD", 2, 30),
            Insufficient("XAE", 3, 0.1),
            Insufficient("XAF", null, 0.4),
        ]);

        Assert.Equal(["XAD", "XAB", "XAA", "XAE", "XAF", "XAC"], ranked.Select(risk => risk.Country));
        Assert.Equal([1, 2, 3], ranked.Take(3).Select(risk => risk.Rank));
        Assert.All(ranked.Skip(3), risk => Assert.False(risk.HasRank));
    }

    [Fact]
    public void Of_EqualLevelAndScore_ShareARank()
    {
        var ranked = RankOrder.Of([Scored("XAB", 1, 50), Scored("XAA", 1, 50), Scored("XAC", 1, 40), Scored("XAD", 0, 50)]);

        Assert.Equal([("XAA", 1), ("XAB", 1), ("XAC", 3), ("XAD", 4)], ranked.Select(risk => (risk.Country, risk.Rank)));
    }

    private static V1.CountryRisk Scored(string country, int level, double score) =>
        new()
        {
            Country = country,
            State = V1.DataState.Sufficient,
            LevelOrder = level,
            Score = score,
            Coverage = 1,
        };

    private static V1.CountryRisk Insufficient(string country, int? atLeast, double coverage)
    {
        var risk = new V1.CountryRisk
        {
            Country = country,
            State = V1.DataState.Insufficient,
            Coverage = coverage,
        };
        if (atLeast is { } level)
        {
            risk.LevelOrder = level;
        }

        return risk;
    }
}

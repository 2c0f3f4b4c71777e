using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Engine.Tests.Evaluation;

public class TopRankedTests
{
    [Fact]
    public void Measure_TwoPeriods_ByHand()
    {
        // Lists of two. 2001: b and c are listed, one event of two. 2002: d is the only one, and it comes.
        ScoredOutcome[] cases =
        [
            new(0.1, true, 2001, "a"),
            new(0.9, true, 2001, "b"),
            new(0.5, false, 2001, "c"),
            new(0.3, false, 2001, "e"),
            new(0.2, true, 2002, "d"),
        ];

        var top = TopRanked.Measure(cases, 2);

        Assert.Equal([new(2001, 4, 2, 2, 1), new(2002, 1, 1, 1, 1)], top.Periods);
        Assert.Equal((0.5, 0.5), (top.Periods[0].Recall!.Value, top.Periods[0].Precision!.Value));
        Assert.Equal(2.0 / 3, top.Recall!.Value, 1e-15);
        Assert.Equal(2.0 / 3, top.Precision!.Value, 1e-15);
        Assert.Equal(0.5, top.FalseAlarmsPerHit!.Value, 1e-15);
    }

    [Fact]
    public void Measure_TieAtTheCut_CountsItsShare()
    {
        // One place is left for three that are tied, one of which the event comes to.
        var top = TopRanked.Measure(Forecasts.Of((0.9, 0), (0.5, 1), (0.5, 0), (0.5, 0), (0.1, 0)), 2);

        Assert.Equal(1.0 / 3, top.Hits, 1e-15);
    }

    [Fact]
    public void Measure_NoEvent_HasNoRecall()
    {
        var top = TopRanked.Measure(Forecasts.Of((0.9, 0), (0.5, 0)), 1);

        Assert.Null(top.Recall);
        Assert.Equal(0, top.Precision);
        Assert.Null(top.FalseAlarmsPerHit);
        Assert.Empty(TopRanked.Measure([], 1).Periods);
        Assert.Null(TopRanked.Measure([], 1).Precision);
    }

    /// <summary>The share of a tie is what cutting it at random gives on average.</summary>
    [Fact]
    public void Measure_AnyCases_EqualsTheMeanOverRandomCuts() =>
        Gen.Select(Forecasts.Any, Gen.Int[1, 10])
            .Sample(
                (cases, n) =>
                {
                    var top = TopRanked.Measure(cases, n);

                    Assert.Equal(cases.Count(item => item.Outcome), top.Events);
                    foreach (var period in top.Periods)
                    {
                        var ranked = cases.Where(item => item.Period == period.Period).OrderByDescending(item => item.Score).ToArray();
                        // As many turns as there are tied put each of them once into each place.
                        var cut = ranked[Math.Min(n, ranked.Length) - 1].Score;
                        var size = ranked.Count(item => item.Score == cut);
                        var turns = Enumerable
                            .Range(0, size)
                            .Select(turn =>
                                ranked
                                    .GroupBy(item => item.Score)
                                    .SelectMany(tie => Rotate([.. tie], turn))
                                    .Take(n)
                                    .Count(item => item.Outcome)
                            );
                        Assert.Equal(turns.Average(), period.Hits, 1e-9);
                    }
                },
                iter: 300
            );

    private static IEnumerable<ScoredOutcome> Rotate(ScoredOutcome[] tie, int turn) =>
        Enumerable.Range(0, tie.Length).Select(i => tie[(i + turn) % tie.Length]);
}

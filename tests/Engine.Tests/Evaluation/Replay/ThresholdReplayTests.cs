using EarlyWarning.Scoring.Engine.Evaluation.Replay;
using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Engine.Tests.Evaluation.Replay;

/// <summary>Hand-worked timelines; times are days of 2024.</summary>
public class ThresholdReplayTests
{
    [Fact]
    public void Above_PassedAndPassedBack_StandsBetween() =>
        Play(
            new AboveRule(60),
            until: 20,
            [(1, 50), (3, 60), (5, 80), (7, 70), (9, 59), (12, 61)],
            new("C", Day(3), Day(9), 80, Day(5)),
            new("C", Day(12), null, 61, Day(12))
        );

    [Fact]
    public void Above_LowerClearingValue_EndsBelowItOnly() =>
        Play(
            new AboveRule(60) { ClearingValue = 50 },
            until: 20,
            [(1, 65), (3, 55), (5, 50), (7, 62), (9, 49), (11, 55)],
            new RaisedWarning("C", Day(1), Day(9), 65, Day(1))
        );

    [Fact]
    public void Above_ForADuration_StartsWhenItHasHeld() =>
        Play(
            new AboveRule(60) { For = TimeSpan.FromDays(4) },
            until: 30,
            // Held from 1 to 4 only; then from 6, over the news of 8, to 13: raised on 10, at the score that held then.
            [(1, 65), (4, 50), (6, 70), (8, 75), (13, 40)],
            new RaisedWarning("C", Day(10), Day(13), 75, Day(10))
        );

    [Fact]
    public void Above_WaitEndsAsAPointComes_ThePointDecides()
    {
        var rule = new AboveRule(60) { For = TimeSpan.FromDays(4) };

        Play(rule, until: 30, [(1, 65), (5, 50)]);
        Play(rule, until: 30, [(1, 65), (5, 70), (6, 10)], new RaisedWarning("C", Day(5), Day(6), 70, Day(5)));
    }

    [Fact]
    public void Above_WaitGoesBeyondTheEnd_RaisesNothing()
    {
        var rule = new AboveRule(60) { For = TimeSpan.FromDays(4) };

        Play(rule, until: 4, [(1, 65)]);
        Play(rule, until: 5, [(1, 65)], new RaisedWarning("C", Day(5), null, 65, Day(5)));
    }

    [Fact]
    public void Above_ScoreIsGone_NeitherEndsNorStarts() =>
        Play(
            new AboveRule(60) { For = TimeSpan.FromDays(2) },
            until: 30,
            // The wait that began on 1 goes on while nothing is known, and is over by 5, when there is a score again.
            [(1, 65), (2, double.NaN), (5, 70), (7, double.NaN), (9, 59)],
            new RaisedWarning("C", Day(5), Day(9), 70, Day(5))
        );

    [Fact]
    public void Above_PointsAfterTheEnd_AreNotSeen() =>
        Play(new AboveRule(60), until: 4, [(1, 10), (3, 61), (5, 99), (6, 0)], new RaisedWarning("C", Day(3), null, 61, Day(3)));

    [Fact]
    public void Below_PassedAndPassedBack_PeaksAtTheLowest() =>
        Play(
            new BelowRule(40) { ClearingValue = 45 },
            until: 20,
            [(1, 50), (2, 40), (3, 30), (4, 44), (5, 45), (6, 46)],
            new RaisedWarning("C", Day(2), Day(6), 30, Day(3))
        );

    [Fact]
    public void Rise_WithinTheWindow_CountsAScoreAsLongAsItHeld() =>
        Play(
            new RiseRule(10, TimeSpan.FromDays(5)),
            until: 40,
            // 20 held from 1 until 10, so 30 on 10 is a rise. On 14 it still is one; on 16 the 20 is six days gone.
            [(1, 20), (10, 30), (14, 31), (16, 32)],
            new RaisedWarning("C", Day(10), Day(16), 31, Day(14))
        );

    [Fact]
    public void Rise_InSteps_CountsFromTheLowest() =>
        Play(
            new RiseRule(10, TimeSpan.FromDays(5)),
            until: 40,
            [(1, 25), (2, 20), (3, 24), (4, 29), (6, 30), (20, 30)],
            new RaisedWarning("C", Day(6), Day(20), 30, Day(6))
        );

    [Fact]
    public void Rise_TooSlow_RaisesNothing() =>
        Play(new RiseRule(10, TimeSpan.FromDays(5)), until: 40, [(1, 20), (4, 24), (8, 28), (12, 32), (16, 36)]);

    [Fact]
    public void Rank_WithinAndBeyond_StandsBetween()
    {
        var history = new ScoreHistory(
            "C",
            [new(Day(1), 50, 4), new(Day(2), 50, 3), new(Day(3), 40, 4), new(Day(4), 45, 5), new(Day(5), 60, null), new(Day(6), 30, 6)]
        );

        Assert.Equal([new("C", Day(2), Day(6), 60, Day(5))], ThresholdReplay.Play(history, new RankRule(3) { ClearingRank = 5 }, Day(30)));
        Assert.Equal([new("C", Day(2), Day(3), 50, Day(2))], ThresholdReplay.Play(history, new RankRule(3), Day(30)));
    }

    [Fact]
    public void Play_TimesThatDoNotRise_AreRefused()
    {
        var history = new ScoreHistory("C", [new(Day(2), 1), new(Day(2), 2)]);

        Assert.Equal(
            "C, points[1]",
            Assert.Throws<FittingException>(() => ThresholdReplay.Play(history, new AboveRule(9), Day(9))).Subject
        );
    }

    [Fact]
    public void Play_RuleThatCannotWork_IsRefused()
    {
        Assert.Equal("clearingValue", Refusal(new AboveRule(50) { ClearingValue = 60 }));
        Assert.Equal("clearingValue", Refusal(new BelowRule(50) { ClearingValue = 40 }));
        Assert.Equal("rise", Refusal(new RiseRule(0, TimeSpan.FromDays(1))));
        Assert.Equal("window", Refusal(new RiseRule(1, TimeSpan.Zero)));
        Assert.Equal("ranks", Refusal(new RankRule(0)));
        Assert.Equal("clearingRank", Refusal(new RankRule(5) { ClearingRank = 4 }));
        Assert.Equal("for", Refusal(new AboveRule(50) { For = TimeSpan.FromDays(-1) }));
    }

    private static string Refusal(WatchRule rule) =>
        Assert.Throws<FittingException>(() => ThresholdReplay.Play(new ScoreHistory("C", []), rule, Day(9))).Subject;

    private static void Play(WatchRule rule, int until, (int Day, double Score)[] points, params RaisedWarning[] expected) =>
        Assert.Equal(
            expected,
            ThresholdReplay.Play(
                new ScoreHistory("C", [.. points.Select(point => new ScorePoint(Day(point.Day), point.Score))]),
                rule,
                Day(until)
            )
        );

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
}

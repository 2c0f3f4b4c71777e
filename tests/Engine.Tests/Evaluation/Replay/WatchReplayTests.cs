using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation.Replay;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Evaluation.Replay;

/// <summary>Hand-worked timelines; times are days of 2024.</summary>
public class WatchReplayTests
{
    [Fact]
    public void Rank_WithinAndBeyond_StandsBetween()
    {
        var history = new ScoreHistory(
            "C",
            [new(Day(1), 50, 4), new(Day(2), 50, 3), new(Day(3), 40, 4), new(Day(4), 45, 5), new(Day(5), 60, null), new(Day(6), 30, 6)]
        );

        Assert.Equal(
            [new("C", Day(2), Day(6), 60, Day(5))],
            WatchReplay.Play(history, new RankWatch(history, 3) { ClearingRank = 5 }, Day(30))
        );
        Assert.Equal([new("C", Day(2), Day(3), 50, Day(2))], WatchReplay.Play(history, new RankWatch(history, 3), Day(30)));
    }

    [Fact]
    public void Play_TimesThatDoNotRise_AreRefused()
    {
        var history = new ScoreHistory("C", [new(Day(2), 1), new(Day(2), 2)]);

        Assert.Equal(
            "C, points[1]",
            Assert.Throws<FittingException>(() => WatchReplay.Play(history, new AboveWatch(history, 9), Day(9))).Subject
        );
    }

    [Fact]
    public void Play_RanksThatCannotWork_AreRefused()
    {
        var history = new ScoreHistory("C", []);

        Assert.Equal("ranks", Refusal(new(history, 0)));
        Assert.Equal("clearingRank", Refusal(new(history, 5) { ClearingRank = 4 }));

        string Refusal(RankWatch watch) => Assert.Throws<FittingException>(() => WatchReplay.Play(history, watch, Day(9))).Subject;
    }

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
}

using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation.Replay;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Engine.Tests.Evaluation.Replay;

/// <summary>Warnings judged by events; times are days of 2024.</summary>
public class ReplayResultTests
{
    private static readonly Func<ScoreHistory, ReplayedWatch> Watch = history => new AboveWatch(history, 50);

    private static readonly ReplayOptions Options = new()
    {
        From = Day(0),
        Until = Day(100),
        Definition = new(Days(20), Days(10)),
    };

    [Fact]
    public void Run_HitsMissesAndFalseAlarms_AreCounted()
    {
        // A: warned 10 to 20 and 60 to 70. Events on 15 (found, 5 days), 30 (found at the very end of the horizon and the grace, 20 days),
        // 31 (missed). B: warned from 40 on. Events on 55 (found, 15 days) and 90 (missed: the warning stands, its horizon ended on 60).
        // C: never warned; event on 50 (missed). D: warned 95 to 97: open, because what comes until 107 is not known.
        ScoreHistory[] histories =
        [
            History("A", (0, 10), (10, 60), (20, 10), (60, 60), (70, 10)),
            History("B", (0, 10), (40, 60)),
            History("C", (0, 10)),
            History("D", (0, 10), (95, 60), (97, 10)),
        ];
        RecordedEvent[] events =
        [
            new("B", Day(90)),
            new("B", Day(55)),
            new("A", Day(31)),
            new("A", Day(15)),
            new("A", Day(30)),
            new("C", Day(50)),
            new("B", Day(101)),
            new("A", Day(-1)),
            new("E", Day(50)),
        ];

        var result = WatchReplay.Run(histories, Watch, events, Options);

        Assert.Equal(
            [("A", Verdict.Hit, 5), ("A", Verdict.FalseAlarm, -1), ("B", Verdict.Hit, 15), ("D", Verdict.Open, -1)],
            result.Warnings.Select(judged => (judged.Warning.Country, judged.Verdict, judged.LeadTime?.Days ?? -1))
        );
        Assert.Equal(
            [("A", 15, 5), ("A", 30, 20), ("A", 31, -1), ("C", 50, -1), ("B", 55, 15), ("B", 90, -1)],
            result.Events.Select(judged => (judged.Event.Country, (judged.Event.At - Day(0)).Days, judged.LeadTime?.Days ?? -1))
        );
        Assert.Equal((2, 1, 1), (result.Hits, result.FalseAlarms, result.Open));
        Assert.Equal((3, 3, 1, 1), (result.Found, result.Missed, result.MissedWhileStanding, result.Unwatched));
        Assert.Equal(0.5, result.Recall!.Value, 1e-15);
        Assert.Equal(2.0 / 3, result.Precision!.Value, 1e-15);
        Assert.Equal(0.5, result.FalseAlarmsPerHit!.Value, 1e-15);
        Assert.Equal(TimeSpan.FromDays(15), result.LeadTimes!.Median);
        Assert.Equal(TimeSpan.FromDays(40 / 3.0), result.LeadTimes.Mean);

        // Covered: A 10..30 and 60..80, B 40..60, D 95..100, of four times 100 days.
        Assert.Equal((20 + 20 + 20 + 5) / 400.0, result.WarnedShare, 1e-12);
    }

    [Fact]
    public void Run_EventOnTheDayOnWhichTheWarningBegins_IsMissed()
    {
        var history = History("A", (0, 10), (10, 60));

        var result = WatchReplay.Run([history], Watch, [new("A", Day(10))], Options);

        Assert.Equal(Verdict.FalseAlarm, Assert.Single(result.Warnings).Verdict);
        Assert.Null(Assert.Single(result.Events).LeadTime);
        Assert.Equal(TimeSpan.FromTicks(1), WatchReplay.Run([history], Watch, [new("A", Day(10).AddTicks(1))], Options).Events[0].LeadTime);
    }

    [Theory]
    [InlineData(0, 20, true)]
    [InlineData(0, 21, false)]
    [InlineData(5, 25, true)]
    [InlineData(5, 26, false)]
    [InlineData(30, 30, true)]
    [InlineData(30, 31, false)]
    public void Run_EventAfterTheWarningEnded_CountsWithinGraceAndHorizon(int grace, int day, bool counts)
    {
        // Warned 10 to 20, so the horizon of 20 days ends on 30.
        var options = Options with { Definition = new(Days(20), Days(grace)) };

        var result = WatchReplay.Run([History("A", (0, 10), (10, 60), (20, 10))], Watch, [new("A", Day(day))], options);

        Assert.Equal(counts ? Verdict.Hit : Verdict.FalseAlarm, Assert.Single(result.Warnings).Verdict);
        Assert.Equal(counts, result.Events[0].LeadTime is not null);
    }

    [Fact]
    public void Run_OutcomeNotKnownWithinTheHorizon_LeavesTheWarningOpenEvenAfterAnEvent()
    {
        var options = Options with { IsKnown = (country, window) => country != "A" || !window.Holds(Day(18)) };
        ScoreHistory[] histories = [History("A", (0, 10), (10, 60)), History("B", (0, 10), (10, 60))];

        var result = WatchReplay.Run(histories, Watch, [new("A", Day(12)), new("B", Day(12))], options);

        Assert.Equal([Verdict.Open, Verdict.Hit], result.Warnings.Select(warning => warning.Verdict));
        Assert.Equal(2, result.Found);
    }

    [Fact]
    public void Run_EventBeforeTheFirstScore_IsCountedApart()
    {
        var result = WatchReplay.Run([History("A", (0, double.NaN), (10, 60))], Watch, [new("A", Day(5)), new("A", Day(11))], Options);

        Assert.Equal((1, 0, 1), (result.Found, result.Missed, result.Unwatched));
    }

    [Fact]
    public void Run_WarningsThatOverlapByTheirHorizons_AreCountedOnce()
    {
        // Covered 10 to 30 and 25 to 40: the event on 26 counts for both and was first warned of on 10.
        var history = History("A", (0, 10), (10, 60), (20, 10), (25, 60), (30, 10));

        var result = WatchReplay.Run([history], Watch, [new("A", Day(26))], Options);

        Assert.Equal(TimeSpan.FromDays(16), result.Events[0].LeadTime);
        Assert.Equal(2, result.Hits);
        Assert.Equal(0.3, result.WarnedShare, 1e-12);
    }

    [Fact]
    public void Run_WarningFromBeforeTheTimeJudged_StillFindsEvents()
    {
        var options = Options with { From = Day(50) };
        ScoreHistory[] histories = [History("A", (40, 60)), History("B", (0, 60), (10, 10))];

        var result = WatchReplay.Run(histories, Watch, [new("A", Day(55)), new("A", Day(45))], options);

        Assert.Equal(TimeSpan.FromDays(15), Assert.Single(result.Events).LeadTime);
        Assert.Equal("A", Assert.Single(result.Warnings).Warning.Country);
        Assert.Equal(0.1, result.WarnedShare, 1e-12);
    }

    [Fact]
    public void Run_NothingAtAll_HasNoMeasures()
    {
        var result = WatchReplay.Run([History("A", (0, 10))], Watch, [], Options);

        Assert.Null(result.Recall);
        Assert.Null(result.Precision);
        Assert.Null(result.FalseAlarmsPerHit);
        Assert.Null(result.LeadTimes);
        Assert.Equal(0, result.WarnedShare);
    }

    [Fact]
    public void Run_Ranks_WarnsWhereOthersFall()
    {
        // A's score never changes, but B falls below it on 20, and comes back on 30.
        var histories = ScoreHistory.Rank([History("A", (0, 50)), History("B", (0, 60), (20, 40), (30, 55)), History("C", (5, 10))]);

        var result = WatchReplay.Run(histories, history => new RankWatch(history, 1), [new("A", Day(25))], Options);

        Assert.Equal(
            [new("A", Day(20), Day(30), 50, Day(20)), new("B", Day(0), Day(20), 60, Day(0)), new("B", Day(30), null, 55, Day(30))],
            result.Warnings.Select(judged => judged.Warning)
        );
        Assert.Equal(TimeSpan.FromDays(5), result.Events[0].LeadTime);
    }

    [Fact]
    public void Rank_ScoresThatComeAndGo_AreRankedAsTheyWereKnown()
    {
        var ranked = ScoreHistory.Rank([History("A", (1, 50), (3, double.NaN)), History("B", (2, 50)), History("C", (2, 70))]);

        Assert.Equal([new(Day(1), 50, 1), new(Day(2), 50, 2), new(Day(3), double.NaN, null)], ranked[0].Points);
        Assert.Equal([new(Day(2), 50, 2)], ranked[1].Points);
        Assert.Equal([new(Day(2), 70, 1)], ranked[2].Points);
    }

    [Fact]
    public void LeadTimes_Quantiles_LieBetweenTheSorted()
    {
        var times = LeadTimes.Of(new[] { 8, 2, 4, 6 }.Select(days => TimeSpan.FromDays(days)))!;

        Assert.Equal([2, 4, 6, 8], times.Sorted.Select(time => time.Days));
        Assert.Equal(TimeSpan.FromDays(5), times.Median);
        Assert.Equal(TimeSpan.FromDays(2), times.Quantile(0));
        Assert.Equal(TimeSpan.FromDays(3.5), times.Quantile(0.25));
        Assert.Equal(TimeSpan.FromDays(8), times.Quantile(1));
        Assert.Null(LeadTimes.Of([]));
    }

    [Fact]
    public void Run_WrongOptions_AreRefused()
    {
        Assert.Equal("until", Refusal([], Options with { Until = Day(0) }));
        Assert.Equal("horizon", Refusal([], Options with { Definition = new(TimeSpan.Zero, TimeSpan.Zero) }));
        Assert.Equal("grace", Refusal([], Options with { Definition = new(Days(1), Days(-1)) }));
        Assert.Equal("A", Refusal([History("A", (0, 1)), History("A", (0, 1))], Options));
    }

    [Fact]
    public void Run_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() =>
            WatchReplay.Run([History("A", (0, 1))], Watch, [], Options, new CancellationToken(canceled: true))
        );

    private static string Refusal(ScoreHistory[] histories, ReplayOptions options) =>
        Assert.Throws<FittingException>(() => WatchReplay.Run(histories, Watch, [], options)).Subject;

    private static ScoreHistory History(string country, params (int Day, double Score)[] points) =>
        new(country, [.. points.Select(point => new ScorePoint(Day(point.Day), point.Score))]);

    private static TimeSpan Days(int days) => TimeSpan.FromDays(days);

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
}

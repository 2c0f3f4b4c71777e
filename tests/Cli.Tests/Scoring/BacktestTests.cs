using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Tests.Scoring;

public partial class BacktestTests
{
    private static readonly BacktestResult s_result = new()
    {
        Skills =
        {
            new SkillOf
            {
                Name = "model",
                Pooled = new()
                {
                    Count = 4000,
                    Events = 50,
                    BaseRate = 0.0125,
                    Auc = 0.83,
                    AucLower = 0.78,
                    AucUpper = 0.88,
                    Brier = 0.011,
                    RecallAtTop = 0.66,
                    Top = 30,
                },
            },
            new SkillOf
            {
                Name = "base-rate",
                Pooled = new()
                {
                    Count = 4000,
                    Events = 50,
                    BaseRate = 0.0125,
                    Auc = 0.5,
                },
            },
        },
        Periods =
        {
            new PeriodSkill
            {
                Time = Timestamp.FromDateTime(new DateTime(1990, 12, 31, 0, 0, 0, DateTimeKind.Utc)),
                Model = new()
                {
                    Count = 150,
                    Events = 2,
                    Auc = 0.91,
                    RecallAtTop = 0.5,
                },
                Naive = new()
                {
                    Count = 150,
                    Events = 2,
                    Auc = 0.6,
                    RecallAtTop = 1,
                },
            },
        },
        Summary = new()
        {
            Warnings = 60,
            Hits = 20,
            FalseAlarms = 39,
            Open = 1,
            Found = 20,
            Misses = 5,
            MissesWhileStanding = 2,
            UnwatchedEvents = 3,
            FalseAlarmsPerHit = 2,
            MedianLeadDays = 120,
            Recall = 0.8,
            Precision = 1 / 3d,
        },
        Warnings =
        {
            Enumerable
                .Range(0, 60)
                .Select(one => new ReplayedWarning
                {
                    Country = "XAA",
                    Peak = 70 + one,
                    Verdict =
                        one == 0 ? WarningVerdict.Hit
                        : one == 1 ? WarningVerdict.Open
                        : WarningVerdict.FalseAlarm,
                    StartTime = new() { Seconds = one },
                }),
        },
        Definition = "An event counts for what it follows.",
        LeftOut =
        {
            new LeftOut
            {
                Time = new() { Seconds = 0 },
                Reason = LeftOutReason.NothingToCompare,
                Count = 150,
            },
            new LeftOut
            {
                Time = new() { Seconds = 86_400 },
                Reason = LeftOutReason.OutcomeUnknown,
                Count = 7,
            },
        },
        KnownUntil = new() { Seconds = 86_400 },
        UnforecastEvents = 4,
    };

    [Fact]
    public async Task Backtest_Done_SaysWhatCountsAndWhatIsLeftOut()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync(
            "backtest",
            "framework",
            "--framework",
            "un",
            "--outcome",
            "onset",
            "--from",
            "2000",
            "--until",
            "2020"
        );

        Assert.Contains("An event counts for what it follows.", run.Lines);
        Assert.Contains("outcomes are known until 1970-01-02; what is later is not judged", run.Lines);
        Assert.Contains(
            "left out of the pooled figures, no outcome being known by then to compare with: 150 country-periods, of 1970-01-01 (150)",
            run.Lines
        );
        Assert.Contains("left out of the pooled figures, their outcome not being known: 7 country-periods, of 1970-01-02 (7)", run.Lines);
        Assert.Contains("4 events are in no figure: they came to countries or in periods without a judged forecast", run.Lines);
        Assert.Contains(run.Lines, line =>
            line.Contains("39 false alarms", StringComparison.Ordinal) && line.Contains("1 open", StringComparison.Ordinal)
        );
        Assert.Contains(
            "25 events: 20 warned of, 5 without a warning that counts, of which at 2 one stood that had begun before the horizon; 3 more "
                + "before their country had a score",
            run.Lines
        );
    }

    [Fact]
    public async Task Backtest_AModelOnATable_SendsItAndPrintsTheSkills()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "backtest",
            "model",
            "--table",
            folder.Write("t.csv", "country,time,a,onset\nXAA,1990,1,0\nXAA,1991,2,1\n"),
            "--outcome",
            "onset",
            "--first-test",
            "1991",
            "--top",
            "20",
            "--mix",
            "1"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Backtests.Requests);
        Assert.Equal((20, 1, new DateTime(1991, 12, 31)), (request.Top, request.Model.Options.Mix, request.Model.FirstTest.ToDateTime()));
        Assert.Equal((2, 2), (request.Model.Data.Table.Countries.Count, request.Outcome.Told.Count));
        Assert.Contains(run.Lines, line =>
            line.StartsWith("model", StringComparison.Ordinal)
            && line.Contains("0.83", StringComparison.Ordinal)
            && line.Contains("66 %", StringComparison.Ordinal)
        );
        Assert.Contains(run.Lines, line =>
            line.StartsWith("base-rate", StringComparison.Ordinal) && line.Contains("0.0125", StringComparison.Ordinal)
        );
        Assert.Contains(run.Lines, line =>
            line.StartsWith("1990-12-31", StringComparison.Ordinal)
            && line.Contains("0.91", StringComparison.Ordinal)
            && line.Contains("100 %", StringComparison.Ordinal)
        );
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Backtests.Responses.Add(new() { Progress = 0.5, Period = s_result.Periods[0] });
        suite.Backtests.Responses.Add(new() { Progress = 1, Result = s_result });
        return suite;
    }
}

using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Scoring;

public class EvaluateTests
{
    private const string Csv = """
        unit,date,probability,outcome,event_time
        KEN,2020,0.2,1,2021-03-01
        SDN,2020,0.4,NA,
        NA,2020,,0,
        KEN,2021,0.1,,NA
        """;

    [Fact]
    public async Task Evaluate_AFile_SendsWhatIsKnownAndNothingElse()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("evaluate", folder.Write("f.csv", Csv), "--top", "20", "--bins", "5");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<EvaluateForecastsRequest>());
        Assert.Equal((20, 5, false), (request.Top, request.Bins, request.Scores));
        Assert.Equal(["KEN", "SDN", "NA", "KEN"], request.Forecasts.Select(one => one.Unit));
        Assert.Equal([true, true, false, true], request.Forecasts.Select(one => one.HasProbability));
        Assert.Equal([true, false, true, false], request.Forecasts.Select(one => one.HasOutcome));
        Assert.Equal(new DateTime(2020, 12, 31), request.Forecasts[0].Time.ToDateTime());
        Assert.Equal(new DateTime(2021, 3, 1), request.Forecasts[0].EventTime.ToDateTime());
        Assert.All(request.Forecasts.Skip(1), one => Assert.Null(one.EventTime));
    }

    [Fact]
    public async Task Evaluate_ColumnsOfOtherNames_AreNamed()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("f.csv", "country,year,risk,onset\nKEN,2020,70,TRUE\n");

        var run = await suite.EwAsync(
            "evaluate",
            file,
            "--unit",
            "country",
            "--date",
            "year",
            "--probability",
            "risk",
            "--outcome",
            "onset",
            "--scores"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<EvaluateForecastsRequest>());
        Assert.Equal((true, 70, true), (request.Scores, request.Forecasts[0].Probability, request.Forecasts[0].Outcome));
    }

    [Fact]
    public async Task Evaluate_Done_PrintsMeasuresWithTheirMethods()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("evaluate", folder.Write("f.csv", Csv));

        Assert.Contains("100 forecasts judged, 7 with an event (base rate 0.07)", run.Out, StringComparison.Ordinal);
        Assert.Contains("left out: 3 whose outcome is not known, 2 without a probability", run.Out, StringComparison.Ordinal);
        Assert.Contains("95 %: 0.7–0.9, Obuchowski, a unit's forecasts together", run.Out, StringComparison.Ordinal);
        Assert.Contains("skill over the base rate 0.25", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "lead times of 4 events: median 90 days, from 10 to 300; 2 events were on no list",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(run.Lines, line =>
            line.StartsWith("2020-12-31", StringComparison.Ordinal) && line.Contains('–', StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("KEN,2020,0.2,1,2021-03-01", "KEN,2020,0.2,yes,", "f.csv, line 2, column outcome: 'yes' is no outcome")]
    [InlineData("KEN,2021,0.1", "KEN,2020,0.1", "lines 2 and 5 are both of KEN at 2020")]
    [InlineData("SDN,2020,0.4", "SDN,then,0.4", "f.csv, line 3, column date: 'then' is not a time")]
    [InlineData("SDN,2020,0.4", "SDN,2020,high", "f.csv, line 3, column probability: 'high' is not a number")]
    [InlineData("unit,date", "country,date", "has no column 'unit', which holds the units (another is named with --unit)")]
    public async Task Evaluate_AFileWithAFault_NamesIt(string right, string wrong, string expected)
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("evaluate", folder.Write("f.csv", Csv.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.True(run.Code == 2 && run.Error.Contains(expected, StringComparison.Ordinal), $"code {run.Code}: {run.Error}");
        Assert.Empty(suite.Answers.Requests<EvaluateForecastsRequest>());
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<EvaluateForecastsRequest>(_ => new EvaluateForecastsResponse
        {
            Skill = new()
            {
                Count = 100,
                Events = 7,
                BaseRate = 0.07,
                Auc = 0.8,
                AucLower = 0.7,
                AucUpper = 0.9,
                AucInterval = AucInterval.Clustered,
                AveragePrecision = 0.3,
                Brier = 0.05,
                LogScore = 0.2,
                RecallAtTop = 0.5,
                PrecisionAtTop = 0.1,
                FalseAlarmsPerHit = 9,
                Top = 30,
            },
            BrierSkill = 0.25,
            CalibrationLine = new() { Slope = 0.9, Intercept = -0.1 },
            Periods =
            {
                new GivenPeriodSkill
                {
                    Time = new() { Seconds = 1_609_372_800 },
                    Skill = new() { Count = 50 },
                    LeftOut = 3,
                },
            },
            Unknown = 3,
            WithoutProbability = 2,
            LeadTimes = new()
            {
                Events = 4,
                Missed = 2,
                MedianDays = 90,
                ShortestDays = 10,
                LongestDays = 300,
            },
        });
        return suite;
    }
}

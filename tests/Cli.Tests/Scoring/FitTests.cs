using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Scoring;

public partial class FitTests
{
    private const string Csv = """
        country,time,growth,conflict,onset,onset_next
        XAA,1990,1.5,0,0,1
        XAA,1991,NA,1,1,0
        XAB,1991,2,0,0,0
        """;

    [Fact]
    public async Task Fit_OnATable_SendsPredictorsAndTheOutcomesEvents()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "fit",
            "--table",
            folder.Write("t.csv", Csv),
            "--outcome",
            "onset",
            "--related",
            "onset_next",
            "--horizon",
            "731d"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<FitModelRequest>());
        var table = request.Data.Table;
        Assert.Equal(["XAA", "XAA", "XAB"], table.Countries);
        Assert.Equal([1990, 1991, 1991], table.Times.Select(time => time.ToDateTime().Year));
        Assert.Equal(["growth", "conflict"], table.Predictors.Select(column => column.Indicator));
        Assert.Equal([1.5, double.NaN, 2], table.Predictors[0].Values);
        Assert.Empty(request.Outcome.Events);
        Assert.Equal(
            [("XAA", 1990, false), ("XAA", 1991, true), ("XAB", 1991, false)],
            request.Outcome.Told.Select(told => (told.Country, told.Time.ToDateTime().Year, told.Event))
        );
        Assert.Equal(("", TimeSpan.FromDays(731)), (request.Outcome.Indicator, request.Outcome.Horizon.ToTimeSpan()));
        Assert.Equal(["onset_next"], request.Outcome.RelatedIndicators);
        Assert.Equal("", request.CreateAs);
    }

    [Fact]
    public async Task Fit_OutcomeWithoutAValue_IsNotTold()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("t.csv", "country,time,x,y\nXAA,1990,1,0\nXAA,1991,2,NA\nXAA,1992,3,\n");

        var run = await suite.EwAsync("fit", "--table", file, "--outcome", "y", "--known-until", "1991");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<FitModelRequest>());
        Assert.Equal((1990, false), (Assert.Single(request.Outcome.Told).Time.ToDateTime().Year, request.Outcome.Told[0].Event));
        Assert.Equal(3, request.Data.Table.Countries.Count);
        Assert.Equal(1991, request.Outcome.KnownUntil.ToDateTime().Year);
    }

    [Fact]
    public async Task Fit_OnATableByAMapping_ReadsItAsTheImportWould()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "h.csv",
            """
            ewp_name,year,ccode,popsize.log2,mk_onset_1or2,mk_onset,mk_onset_1,mk_onset_2
            Aland,1990,901,20.5,1,0,1,0
            Aland,1991,901,20.6,0,1,0,0
            """
        );

        await suite.EwAsync("fit", "--table", file, "--mapping", "ewp-history", "--outcome", "mk_onset");

        var request = Assert.Single(suite.Answers.Requests<FitModelRequest>());
        Assert.Equal("popsize.log2", Assert.Single(request.Data.Table.Predictors).Indicator);
        Assert.Equal(1991, Assert.Single(request.Outcome.Told, told => told.Event).Time.ToDateTime().Year);
    }

    [Fact]
    public async Task Fit_OnTheSuitesHistory_SendsTheWindowAndOptions()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var events = folder.Write("e.csv", "country,time\nXAB,2001-05-17\n");

        var run = await suite.EwAsync(
            "fit",
            "--predictors",
            "a, b",
            "--from",
            "1980",
            "--until",
            "2020-06-30",
            "--step",
            "6",
            "--validity",
            "200d",
            "--with-hindsight",
            "--countries",
            "XAA,XAB",
            "--outcome",
            events,
            "--mix",
            "0",
            "--penalty",
            "0.01",
            "--folds",
            "5",
            "--interactions",
            "a*b,b*b",
            "--calibration",
            "platt",
            "--members",
            "10",
            "--seed",
            "4",
            "--create",
            "onset",
            "--name",
            "Onset",
            "--bands",
            "low=0,high=0.1"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<FitModelRequest>());
        var window = request.Data.History;
        Assert.Equal(["a", "b"], window.Predictors);
        Assert.Equal(
            (new DateTime(1980, 12, 31), new DateTime(2020, 6, 30), 6, true),
            (window.From.ToDateTime(), window.Until.ToDateTime(), window.StepMonths, window.WithHindsight)
        );
        Assert.Equal((TimeSpan.FromDays(200), 2), (window.Validity.ToTimeSpan(), window.Countries.Count));
        Assert.Equal(("XAB", new DateTime(2001, 5, 17)), (request.Outcome.Events[0].Country, request.Outcome.Events[0].Time.ToDateTime()));
        var options = request.Options;
        Assert.Equal(
            (true, 0, 0.01, 5, CalibrationMethod.Platt, 10, 4ul),
            (options.HasMix, options.Mix, options.Penalty, options.Folds, options.Calibration, options.Members, options.Seed)
        );
        Assert.Equal(
            [
                ["a", "b"],
                ["b", "b"],
            ],
            options.Interactions.Select(one => one.Indicators.ToArray())
        );
        Assert.Equal(("frameworks/onset", "Onset"), (request.CreateAs, request.DisplayName));
        Assert.Equal([("low", 0), ("high", 0.1)], request.Bands.Select(band => (band.Level, band.LowerBound)));
    }

    [Fact]
    public async Task Fit_Done_PrintsTheModelAndItsSkill()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("fit", "--table", folder.Write("t.csv", Csv), "--outcome", "onset", "--create", "onset");

        Assert.Contains("frameworks/onset/versions/1: active", run.Out, StringComparison.Ordinal);
        Assert.Contains("1,200 rows, 30 with an event, 7 missing values", run.Out, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line =>
            line.StartsWith("in sample", StringComparison.Ordinal)
            && line.Contains("0.85", StringComparison.Ordinal)
            && line.Contains("67 %", StringComparison.Ordinal)
        );
        Assert.Contains("intercept -3.5; 1 of 3 terms are 0", run.Out, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line =>
            line.Contains("-0.25", StringComparison.Ordinal) && line.Contains("a × b", StringComparison.Ordinal)
        );
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<FitModelRequest>(_ => new FitModelResponse
        {
            Framework = new()
            {
                Name = "frameworks/onset/versions/1",
                Logistic = new()
                {
                    Intercept = -3.5,
                    Coefficients =
                    {
                        new Coefficient { Indicator = "a", Value = 0.5 },
                        new Coefficient { Indicator = "b" },
                    },
                    Interactions =
                    {
                        new Interaction { Indicators = { "a", "b" }, Value = -0.25 },
                    },
                },
            },
            Rows = 1200,
            Events = 30,
            Imputed = 7,
            Penalty = 0.02,
            InSample = new()
            {
                Count = 1200,
                Events = 30,
                BaseRate = 0.025,
                Auc = 0.85,
                AucLower = 0.8,
                AucUpper = 0.9,
                RecallAtTop = 2 / 3d,
                Top = 30,
            },
        });
        return suite;
    }
}

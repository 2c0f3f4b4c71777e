using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests;

public partial class FrameworkLoadTests
{
    private const string Coefficients = """
        "Variables","one.year","two.year"
        "(Intercept)",-9.59767514861825,-11.2
        "battle.ln",0.0568258260140436,0.05
        "freedom",0,-0.5
        """;

    [Fact]
    public async Task Load_ACoefficientsFile_CreatesTheModelInFullPrecision()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "framework",
            "load",
            "--coefficients",
            folder.Write("c.csv", Coefficients),
            "--column",
            "one.year",
            "--id",
            "mk-1yr",
            "--name",
            "Onset within a year",
            "--validity",
            "400d"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("frameworks/mk-1yr/versions/1: active", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 coefficients of which 1 are 0", run.Out, StringComparison.Ordinal);
        var request = Assert.Single(suite.Answers.Requests<CreateFrameworkRequest>());
        Assert.Equal(("frameworks/mk-1yr", "Onset within a year"), (request.Framework.Name, request.Framework.DisplayName));
        Assert.Equal(-9.59767514861825, request.Framework.Logistic.Intercept);
        Assert.Equal(
            [("battle.ln", 0.0568258260140436), ("freedom", 0)],
            request.Framework.Logistic.Coefficients.Select(c => (c.Indicator, c.Value))
        );
        Assert.All(request.Framework.Logistic.Coefficients, c => Assert.Equal(TimeSpan.FromDays(400), c.Validity.ToTimeSpan()));
        Assert.Equal([false, true], request.Framework.Logistic.Coefficients.Select(c => c.HasStatedValue));
        Assert.Equal(["battle.ln", "freedom"], request.Indicators.Select(indicator => indicator.Code));
        Assert.Equal(0, request.Framework.Bands[0].LowerBound);
    }

    [Fact]
    public async Task Retire_AFramework_NamesTheThresholdsThatGoWithIt()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<RetireFrameworkRequest>(_ => new RetireFrameworkResponse { Thresholds = { "thresholds/high" } });

        var dry = await suite.EwAsync("framework", "retire", "trial", "--dry-run");
        var run = await suite.EwAsync("framework", "retire", "trial", "--etag", "7");

        Assert.Equal(
            "frameworks/trial: would be retired; nothing was changed\nthresholds/high: would be retired; nothing was changed\n",
            dry.Out
        );
        Assert.Equal("frameworks/trial: retired\nthresholds/high: retired\n", run.Out);
        Assert.Equal(
            [("", true), ("7", false)],
            suite.Answers.Requests<RetireFrameworkRequest>().Select(request => (request.Etag, request.ValidateOnly))
        );
    }

    [Fact]
    public async Task Load_TheOtherColumn_CreatesOnlyIndicatorsThatAreNotThere()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("c.csv", Coefficients);

        await suite.EwAsync("framework", "load", "--coefficients", file, "--column", "one.year", "--id", "a");
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse
        {
            Indicators =
            {
                new Indicator { Code = "battle.ln", Unit = "another" },
            },
        });
        var run = await suite.EwAsync(
            "framework",
            "load",
            "--coefficients",
            file,
            "--column",
            "two.year",
            "--id",
            "b",
            "--bands",
            "low=0,high=0.5"
        );

        var requests = suite.Answers.Requests<CreateFrameworkRequest>();
        Assert.Equal("freedom", Assert.Single(requests[1].Indicators).Code);
        Assert.Contains("1 indicators created: freedom", run.Out, StringComparison.Ordinal);
        Assert.Equal(-0.5, requests[1].Framework.Logistic.Coefficients[1].Value);
        Assert.Equal([("low", 0), ("high", 0.5)], requests[1].Framework.Bands.Select(band => (band.Level, band.LowerBound)));
    }

    [Theory]
    [InlineData("three.year", "", "has no column 'three.year', which --column names. It has: Variables, one.year, two.year.")]
    [InlineData("one.year", "\n\"odd\",x,1", "line 5: the weight of 'odd' in column 'one.year' is not a number")]
    [InlineData("one.year", "\n\"odd\",,1", "line 5: the weight of 'odd' in column 'one.year' is not a number")]
    [InlineData("one.year", "\n\"freedom\",2,1", "lines 4 and 5 are both of 'freedom'")]
    [InlineData("one.year", "\n\"(Intercept)\",2,1", "lines 2 and 5 are both of '(Intercept)'")]
    public async Task Load_AFileWithAFault_NamesIt(string column, string more, string expected)
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "framework",
            "load",
            "--coefficients",
            folder.Write("c.csv", Coefficients + more),
            "--column",
            column,
            "--id",
            "a"
        );

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Answers.Requests<CreateFrameworkRequest>());
    }

    [Theory]
    [InlineData()]
    [InlineData("--variables", "variable")]
    public async Task Load_RsRowNumbersAndDroppedVariables_AreRead(params string[] more)
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "c.csv",
            "\"\",\"variable\",\"coef.full\"\n\"1\",\"(Intercept)\",-4.1\n\"2\",\"gdp.log\",-0.31\n\"3\",\"popsize.log\",0.22\n\"4\","
                + "\"dropped\",NA\n"
        );

        var run = await suite.EwAsync(["framework", "load", "--coefficients", file, "--column", "coef.full", "--id", "a", .. more]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        var model = Assert.Single(suite.Answers.Requests<CreateFrameworkRequest>()).Framework.Logistic;
        Assert.Equal((-4.1, 2), (model.Intercept, model.Coefficients.Count));
        Assert.Equal([("gdp.log", -0.31), ("popsize.log", 0.22)], model.Coefficients.Select(one => (one.Indicator, one.Value)));
        Assert.Contains("not in the model, their weight being NA: dropped", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_VariableNamedAsATime_IsSaidToBeNeededBesideTheTime()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync(
            "framework",
            "load",
            "--coefficients",
            folder.Write("c.csv", "v,w\n(Intercept),1\nyear,-0.001\n"),
            "--column",
            "w",
            "--id",
            "a"
        );

        Assert.Contains("the model reads 'year'", run.Out, StringComparison.Ordinal);
        Assert.Contains("also: [year]", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1042, 0)]
    [InlineData(0.105, 1)]
    public async Task Load_WithPublishedFigures_ComparesBeforeItLoads(double computed, int code)
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<ScoreUnitsRequest>(request => new ScoreUnitsResponse
        {
            Scores = { request.Units.Select(unit => new UnitScore { Code = unit.Code, Score = computed }) },
        });
        using var folder = new TemporaryFolder();
        var coefficients = folder.Write("c.csv", "v,w\n(Intercept),1.2\nyear,-0.002\nx,0.51234567\n");
        var values = folder.Write("v.csv", "country,year,x,risk\nXAA,2020,3,0.104\nXAB,2020,1,NA\n");
        var mapping = folder.Write("m.yaml", "layout: wide\ncountry: { column: country }\ntime: { column: year }\nsource: s\n");

        var run = await suite.EwAsync(
            "framework",
            "load",
            "--coefficients",
            coefficients,
            "--column",
            "w",
            "--id",
            "a",
            "--values",
            values,
            "--mapping",
            mapping,
            "--check",
            "risk"
        );

        Assert.Equal(code, run.Code);
        var units = Assert.Single(suite.Answers.Requests<ScoreUnitsRequest>()).Units;
        Assert.Equal([("year", 2020), ("x", 3)], units[0].Values.Select(value => (value.Indicator, value.Value)));
        Assert.Contains("1 of 2 rows", run.Error, StringComparison.Ordinal);
        Assert.Contains("the weight of year, -0.002, is rounded", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("the weight of x", run.Error, StringComparison.Ordinal);
        Assert.Equal(code == 0 ? 1 : 0, suite.Answers.Requests<CreateFrameworkRequest>().Count);
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse());
        suite.Answers.On<CreateFrameworkRequest>(request =>
        {
            var kept = request.Framework.Clone();
            kept.Name += "/versions/1";
            return new CreateFrameworkResponse { Framework = kept };
        });
        return suite;
    }
}

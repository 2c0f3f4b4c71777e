using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests;

public class FrameworkLoadTests
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
            "framework", "load", "--coefficients", folder.Write("c.csv", Coefficients), "--column", "one.year", "--id", "mk-1yr", "--name", "Onset within a year", "--validity", "400d");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("frameworks/mk-1yr/versions/1: active", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 coefficients of which 1 are 0", run.Out, StringComparison.Ordinal);
        var request = Assert.Single(suite.Answers.Requests<CreateFrameworkRequest>());
        Assert.Equal(("frameworks/mk-1yr", "Onset within a year"), (request.Framework.Name, request.Framework.DisplayName));
        Assert.Equal(-9.59767514861825, request.Framework.Logistic.Intercept);
        Assert.Equal([("battle.ln", 0.0568258260140436), ("freedom", 0)], request.Framework.Logistic.Coefficients.Select(c => (c.Indicator, c.Value)));
        Assert.All(request.Framework.Logistic.Coefficients, c => Assert.Equal(TimeSpan.FromDays(400), c.Validity.ToTimeSpan()));
        Assert.Equal([false, true], request.Framework.Logistic.Coefficients.Select(c => c.HasStatedValue));
        Assert.Equal(["battle.ln", "freedom"], request.Indicators.Select(indicator => indicator.Code));
        Assert.Equal(0, request.Framework.Bands[0].LowerBound);
    }

    [Fact]
    public async Task Load_TheOtherColumn_CreatesOnlyIndicatorsThatAreNotThere()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("c.csv", Coefficients);

        await suite.EwAsync("framework", "load", "--coefficients", file, "--column", "one.year", "--id", "a");
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse { Indicators = { new Indicator { Code = "battle.ln", Unit = "another" } } });
        var run = await suite.EwAsync("framework", "load", "--coefficients", file, "--column", "two.year", "--id", "b", "--bands", "low=0,high=0.5");

        var requests = suite.Answers.Requests<CreateFrameworkRequest>();
        Assert.Equal("freedom", Assert.Single(requests[1].Indicators).Code);
        Assert.Contains("1 indicators created: freedom", run.Out, StringComparison.Ordinal);
        Assert.Equal(-0.5, requests[1].Framework.Logistic.Coefficients[1].Value);
        Assert.Equal([("low", 0), ("high", 0.5)], requests[1].Framework.Bands.Select(band => (band.Level, band.LowerBound)));
    }

    [Theory]
    [InlineData("three.year", "", "has no column 'three.year'. It has: one.year, two.year.")]
    [InlineData("one.year", "\n\"odd\",NA,1", "line 5: the weight of 'odd' in column 'one.year' is not a number")]
    public async Task Load_AFileWithAFault_NamesIt(string column, string more, string expected)
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("framework", "load", "--coefficients", folder.Write("c.csv", Coefficients + more), "--column", column, "--id", "a");

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Answers.Requests<CreateFrameworkRequest>());
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

using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Scoring;

/// <content>Back-tests of frameworks and thresholds.</content>
public partial class BacktestTests
{
    [Fact]
    public async Task Backtest_AFramework_SendsItsWindow()
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
            "2020",
            "--step",
            "3"
        );

        Assert.Equal(0, run.Code);
        var request = Assert.Single(suite.Backtests.Requests);
        Assert.Equal(
            ("frameworks/un", 3, "onset"),
            (request.Framework.Framework.Name, request.Framework.Window.StepMonths, request.Outcome.Indicator)
        );
    }

    [Fact]
    public async Task Backtest_AThreshold_TakesItsFrameworkAndListsTheWarnings()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<GetThresholdRequest>(request => new GetThresholdResponse
        {
            Threshold = new()
            {
                Name = request.Name,
                Framework = "frameworks/un",
                Condition = Condition.Above,
                Value = 60,
            },
        });

        var run = await suite.EwAsync(
            "backtest",
            "rule",
            "--threshold",
            "high-risk",
            "--outcome",
            "onset",
            "--from",
            "2000",
            "--until",
            "2020"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var rule = Assert.Single(suite.Backtests.Requests).Rule;
        Assert.Equal(
            ("thresholds/high-risk", 60, "frameworks/un"),
            (rule.Threshold.Name, rule.Threshold.Value, rule.Scores.Framework.Name)
        );
        Assert.Contains("60 warnings: 20 before an event, 39 false alarms (2 a hit), 1 open", run.Out, StringComparison.Ordinal);
        Assert.Contains("recall 80 %, precision 33 %, median lead 120 days", run.Out, StringComparison.Ordinal);
        Assert.Contains("and 10 more; --json has all", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_AThresholdOfAFileOrARank_SendsIt()
    {
        await using var suite = await SuiteAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("t.yaml", "{ name: draft, framework: un, condition: rise, value: 10, window: 90d }");

        await suite.EwAsync("backtest", "rule", "--threshold", file, "--outcome", "onset", "--from", "2000", "--until", "2020");
        await suite.EwAsync(
            "backtest",
            "rule",
            "--top-rank",
            "15",
            "--framework",
            "un",
            "--outcome",
            "onset",
            "--from",
            "2000",
            "--until",
            "2020"
        );
        var both = await suite.EwAsync(
            "backtest",
            "rule",
            "--top-rank",
            "15",
            "--threshold",
            "x",
            "--outcome",
            "onset",
            "--from",
            "2000",
            "--until",
            "2020"
        );

        Assert.Equal(
            (Condition.Rise, TimeSpan.FromDays(90)),
            (suite.Backtests.Requests[0].Rule.Threshold.Condition, suite.Backtests.Requests[0].Rule.Threshold.Window.ToTimeSpan())
        );
        Assert.Equal(15, suite.Backtests.Requests[1].Rule.TopRank);
        Assert.Equal(2, both.Code);
        Assert.Contains("either --threshold or --top-rank", both.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("framework")]
    [InlineData("rule")]
    public async Task Backtest_HelpOfEachKind_HasTheSameDefinition(string kind)
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwAsync("backtest", kind, "--help");

        Assert.Contains(
            "that it follows, strictly, within the horizon",
            string.Join(' ', run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
    }
}

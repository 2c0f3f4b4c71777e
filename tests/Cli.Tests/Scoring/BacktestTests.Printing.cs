using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf;

namespace EarlyWarning.Cli.Tests.Scoring;

/// <content>What is printed on the way.</content>
public partial class BacktestTests
{
    [Fact]
    public async Task Backtest_InJson_PrintsTheResultAlone()
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
            "--json"
        );

        Assert.Equal(s_result, JsonParser.Default.Parse<BacktestResult>(Assert.Single(run.Lines)));
    }

    [Fact]
    public async Task Backtest_OnATerminal_ShowsHowFarItIs()
    {
        await using var suite = await SuiteAsync();

        var run = await suite.EwOnAsync(
            new Terminal
            {
                Out = TextWriter.Null,
                Error = TextWriter.Null,
                IsErrorTerminal = true,
                Width = 200,
            },
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

        Assert.Equal(0, run.Code);
        Assert.Contains("tested", run.Error, StringComparison.Ordinal);
        Assert.Contains("0.83", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_EndingWithoutAResult_Fails()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Backtests.Responses.Add(new() { Progress = 0.5 });

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

        Assert.Equal(1, run.Code);
        Assert.Contains("ended the back-test without a result", run.Error, StringComparison.Ordinal);
    }
}

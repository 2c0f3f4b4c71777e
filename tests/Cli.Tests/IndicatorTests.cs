using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests;

public class IndicatorTests
{
    [Fact]
    public async Task Indicators_Cut_SaysHowManyMoreThereAre()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ListIndicatorsRequest>(request =>
            request.PageToken.Length == 0
                ? new ListIndicatorsResponse
                {
                    Indicators =
                    {
                        new Indicator
                        {
                            Code = "a",
                            DisplayName = "A",
                            Unit = "events",
                            Minimum = 0,
                        },
                    },
                    NextPageToken = "2",
                }
                : new ListIndicatorsResponse
                {
                    Indicators =
                    {
                        new Indicator { Code = "b" },
                        new Indicator { Code = "c" },
                    },
                }
        );

        var run = await suite.EwAsync("indicators", "--limit", "1");

        Assert.Equal("code\tname\tunit\trange\na\tA\tevents\t0 or more\n", run.Out);
        Assert.Equal("ew: 2 more; --limit shows them.\n", run.Error);
    }

    [Fact]
    public async Task Create_ANewOne_SendsItAsSaid()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<CreateIndicatorsRequest>(request => new CreateIndicatorsResponse { Indicators = { request.Indicators } });

        var run = await suite.EwAsync("indicators", "create", "deaths", "--name", "Deaths", "--unit", "deaths", "--minimum", "0");

        Assert.Equal((0, "deaths: created\n"), (run.Code, run.Out));
        var sent = Assert.Single(Assert.Single(suite.Answers.Requests<CreateIndicatorsRequest>()).Indicators);
        Assert.Equal(
            ("deaths", "Deaths", "deaths", true, 0.0, false),
            (sent.Code, sent.DisplayName, sent.Unit, sent.HasMinimum, sent.Minimum, sent.HasMaximum)
        );
    }

    [Fact]
    public async Task Get_AJudgement_ShowsWhatEachStepMeans()
    {
        await using var suite = await FakeSuite.StartAsync();
        var judged = new Indicator
        {
            Code = "judged",
            DisplayName = "Judged",
            Unit = "judgement 0..4",
            Minimum = 0,
            Maximum = 4,
            Definition = "How far it has come.",
            Anchors =
            {
                new Anchor { Value = 0, Meaning = "Nothing." },
                new Anchor { Value = 4, Meaning = "Everywhere." },
            },
        };
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse { Indicators = { judged } });

        var run = await suite.EwAsync("indicators", "get", "judged");

        Assert.EndsWith("How far it has come.\n  0  Nothing.\n  4  Everywhere.\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Unknown_IsAnError()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ListIndicatorsRequest>(_ => new ListIndicatorsResponse());

        var run = await suite.EwAsync("indicators", "get", "nothing");

        Assert.Equal(1, run.Code);
        Assert.Contains("the suite has no indicator 'nothing'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _ew ew")]
    [InlineData("zsh", "compdef _ew ew")]
    [InlineData("fish", "complete -c ew")]
    public async Task Completion_OfAShell_PrintsItsScript(string shell, string expected)
    {
        var run = await Run.EwAsync("completion", shell);

        Assert.Equal(0, run.Code);
        Assert.Contains(expected, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_AsTheScriptsAsk_NamesCommandsAndOptions()
    {
        Assert.Contains("indicators", (await Run.EwAsync("[suggest:2]", "in")).Lines);
        Assert.Contains("--mapping", (await Run.EwAsync("[suggest:11]", "import --ma")).Lines);
    }
}

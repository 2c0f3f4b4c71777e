using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests;

public class StatusTests
{
    [Fact]
    public async Task Status_AllIsWell_Is0()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<GetStatusRequest>(_ => Status(Health.Ok));

        var run = await suite.EwAsync("status");

        Assert.Equal(0, run.Code);
        Assert.Contains("Does the path of a warning work? yes", run.Out, StringComparison.Ordinal);
        Assert.Contains("Who has not answered? nobody is late", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("→", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Health.Attention, "!")]
    [InlineData(Health.Failing, "✗")]
    public async Task Status_SomethingIsWrong_MarksItSaysWhatToDoAndIs1(Health health, string mark)
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<GetStatusRequest>(_ => Status(health));

        var run = await suite.EwAsync("status");

        Assert.Equal(1, run.Code);
        Assert.Contains(run.Lines, line =>
            line.TrimStart().StartsWith(mark, StringComparison.Ordinal)
            && line.Contains("dead letters", StringComparison.Ordinal)
            && line.Contains("3 on threshold-breaches", StringComparison.Ordinal)
        );
        Assert.Contains(run.Lines, line => line.Contains("→ look at the subscriber's log", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Status_OnlySomebodyIsSilent_SaysThatThePathWorksAndIs1()
    {
        await using var suite = await FakeSuite.StartAsync();
        var silent = Status(Health.Ok);
        silent.Lines[^1].Health = silent.Health = silent.AnswersHealth = Health.Failing;
        suite.Answers.On<GetStatusRequest>(_ => silent);

        var run = await suite.EwAsync("status");

        Assert.Equal(1, run.Code);
        Assert.Contains("Does the path of a warning work? yes", run.Out, StringComparison.Ordinal);
        Assert.Contains("Who has not answered? SEE BELOW", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_InJson_StillTellsByItsCode()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<GetStatusRequest>(_ => Status(Health.Failing));

        var run = await suite.EwAsync("status", "--json");

        Assert.Equal(1, run.Code);
        Assert.Equal(Status(Health.Failing), GetStatusResponse.Parser.ParseJson(Assert.Single(run.Lines)));
    }

    private static GetStatusResponse Status(Health health) =>
        new()
        {
            Health = health,
            PathHealth = health,
            AnswersHealth = Health.Ok,
            Lines =
            {
                new StatusLine
                {
                    Subject = "intake",
                    Health = Health.Ok,
                    Text = "on",
                    Heading = Heading.Path,
                },
                new StatusLine
                {
                    Subject = "dead letters",
                    Health = health,
                    Text = "3 on threshold-breaches",
                    Action = "look at the subscriber's log",
                    Heading = Heading.Path,
                },
                new StatusLine
                {
                    Subject = "cases",
                    Health = Health.Ok,
                    Text = "1 open cases; none is overdue.",
                    Heading = Heading.Answers,
                },
            },
        };
}

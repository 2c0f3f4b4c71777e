using EarlyWarning.Board.Live;

namespace EarlyWarning.Board.Tests.Live;

public sealed class LiveStateTests
{
    [Fact]
    public async Task Changed_AfterAChange_CompletesAtOnce()
    {
        var live = new LiveState();
        var seen = live.Current;
        live.Change(state => state with { HeardAt = DateTimeOffset.UnixEpoch });

        await live.ChangedAsync(seen, TestContext.Current.CancellationToken);
        Assert.Equal(DateTimeOffset.UnixEpoch, live.Current.HeardAt);
    }

    [Fact]
    public void Without_AFrameworkThatWasRetired_ForgetsItAndItsRisksAlone()
    {
        V1.CountryRisk Risk(string framework) => new() { Name = $"frameworks/{framework}/risks/XAA", Country = "XAA" };
        var state = BoardState.Empty with
        {
            Frameworks = BoardState.Empty.Frameworks.Add("a", new()).Add("ab", new()),
            Risks = BoardState.Empty.Risks.Add(Risk("a").Name, Risk("a")).Add(Risk("ab").Name, Risk("ab")),
        };

        var left = state.Without("a");

        Assert.Equal(["ab"], left.Frameworks.Keys);
        Assert.Equal([Risk("ab").Name], left.Risks.Keys);
    }

    [Fact]
    public async Task Changed_BeforeAChange_WaitsForIt()
    {
        var live = new LiveState();
        var waiting = live.ChangedAsync(live.Current, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        live.Change(state => state with { HeardAt = DateTimeOffset.UnixEpoch });

        await waiting;
    }
}

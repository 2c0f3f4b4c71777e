using EarlyWarning.Board.Live;

namespace EarlyWarning.Board.Tests.Live;

public sealed class LiveStateTests
{
    [Fact]
    public async Task Changed_AfterAChange_CompletesAtOnce()
    {
        var live = new LiveState();
        var seen = live.Current;
        live.Change(state => state with { IsHeard = true });

        await live.ChangedAsync(seen, TestContext.Current.CancellationToken);
        Assert.True(live.Current.IsHeard);
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
    public void Hear_WhatIsKnownAlready_IsNoNewsAndKeepsTheMoment()
    {
        var live = new LiveState();
        V1.Framework framework = new() { Name = "frameworks/a" };
        BoardState Again(BoardState state) =>
            state with
            {
                Frameworks = state.Frameworks.SetItem("a", framework.Clone()),
                Whole = state.Whole.Add("frameworks"),
                Broken = state.Broken.Remove("frameworks"),
            };
        live.Hear(DateTimeOffset.UnixEpoch, Again);
        var waiting = live.ChangedAsync(live.Current, TestContext.Current.CancellationToken);

        live.Hear(DateTimeOffset.UnixEpoch.AddSeconds(2), Again);

        Assert.False(waiting.IsCompleted);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(2), live.HeardAt);
    }

    [Fact]
    public async Task Changed_BeforeAChange_WaitsForIt()
    {
        var live = new LiveState();
        var waiting = live.ChangedAsync(live.Current, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        live.Change(state => state with { IsHeard = true });

        await waiting;
    }
}

using EarlyWarning.Board.Live;

namespace EarlyWarning.Board.Tests.Live;

public sealed class LiveStateTests
{
    [Fact]
    public async Task Changed_AfterAChange_CompletesAtOnce()
    {
        var live = new LiveState();
        var seen = live.Current;
        live.Change(state => state with { Exercise = true });

        await live.ChangedAsync(seen, TestContext.Current.CancellationToken);
        Assert.True(live.Current.Exercise);
    }

    [Fact]
    public async Task Changed_BeforeAChange_WaitsForIt()
    {
        var live = new LiveState();
        var waiting = live.ChangedAsync(live.Current, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        live.Change(state => state with { Exercise = true });

        await waiting;
    }
}

using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Store.Tests.Health;

public sealed class HeartbeatTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Stands_ALoopThatIsSilentForLong_DoesUntilItGoesOn()
    {
        var heartbeat = new Heartbeats(_time).Begin("commits");
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(heartbeat.IsStalled);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(heartbeat.IsStalled);
        Assert.Equal(TimeSpan.FromSeconds(121), heartbeat.Silence);

        heartbeat.Beat();
        Assert.False(heartbeat.IsStalled);
    }

    [Fact]
    public async Task All_OfAStoreThatIsIdle_GoOn()
    {
        using TemporaryFolder folder = new();
        await using SuiteStore store = new(
            new() { DataDirectory = folder.Path, Ballast = false },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await store.StartAsync(CancellationToken.None);

        Assert.Equal(["commits", "store watch"], store.Heartbeats.All.Select(heartbeat => heartbeat.Name));
        foreach (var heartbeat in store.Heartbeats.All)
        {
            var before = heartbeat.Silence;
            await Eventually.HoldsAsync(() => heartbeat.Silence < before || before == TimeSpan.Zero, $"{heartbeat.Name} goes on");
        }
    }
}

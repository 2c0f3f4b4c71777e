using EarlyWarning.Store.Health;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Store.Tests.Health;

public sealed class PulsesTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Stands_ALoopThatIsSilentForLong_DoesUntilItGoesOn()
    {
        var pulse = new Pulses(_time).Begin("commits");
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(pulse.Stands);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(pulse.Stands);
        Assert.Equal(TimeSpan.FromSeconds(121), pulse.Silence);

        pulse.Beat();
        Assert.False(pulse.Stands);
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

        Assert.Equal(["commits", "store watch"], store.Pulses.All.Select(pulse => pulse.Name));
        foreach (var pulse in store.Pulses.All)
        {
            var before = pulse.Silence;
            await Eventually.HoldsAsync(() => pulse.Silence < before || before == TimeSpan.Zero, $"{pulse.Name} goes on");
        }
    }
}

using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Embedded;

public sealed class KillTests
{
    private const int Killed = 128 + 9;

    [Fact]
    public async Task Append_ProcessIsKilledAgainAndAgain_LosesNothingAcknowledged()
    {
        using TemporaryFolder folder = new();
        Dictionary<int, long> acknowledged = [];
        foreach (var appends in (int[])[1, 200, 600])
        {
            Assert.Equal(Killed, await Workload.RunAndKillAsync(folder.Path, appends, acknowledged));
        }

        await Workload.CompareAsync(folder.Path, acknowledged);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Checkpoint_ProcessIsKilledInTheMiddle_LosesNothingAcknowledged(int turn)
    {
        using TemporaryFolder folder = new();
        Dictionary<int, long> acknowledged = [];
        Assert.Equal(Killed, await Workload.RunAndKillAsync(folder.Path, int.MaxValue, acknowledged, $"{CrashPoint.DuringCheckpoint}:{turn}"));
        Assert.NotEmpty(acknowledged);

        await Workload.CompareAsync(folder.Path, acknowledged);
    }
}

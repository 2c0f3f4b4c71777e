using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Durability;

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
    [InlineData(CrashPoint.BeforeCommit, 1)]
    [InlineData(CrashPoint.BeforeCommit, 40)]
    [InlineData(CrashPoint.AfterCommit, 1)]
    [InlineData(CrashPoint.AfterCommit, 40)]
    public async Task Commit_ProcessIsKilledAtIt_LosesNothingAcknowledged(string point, int turn)
    {
        using TemporaryFolder folder = new();
        Dictionary<int, long> acknowledged = [];
        Assert.Equal(Killed, await Workload.RunAndKillAsync(folder.Path, int.MaxValue, acknowledged, $"{point}:{turn}"));

        await Workload.CompareAsync(folder.Path, acknowledged);
    }

    [Theory]
    [InlineData(CrashPoint.BeforeArchive, 1)]
    [InlineData(CrashPoint.BeforeArchive, 9)]
    [InlineData(CrashPoint.AfterArchive, 1)]
    [InlineData(CrashPoint.AfterArchive, 9)]
    public async Task Archive_ProcessIsKilledAtIt_LosesNothingAndGoesOn(string point, int turn)
    {
        using TemporaryFolder folder = new();
        Dictionary<int, long> acknowledged = [];
        Assert.Equal(Killed, await Workload.RunAndKillAsync(folder.Path, int.MaxValue, acknowledged, $"{point}:{turn}", archives: true));
        await Workload.CompareAsync(folder.Path, acknowledged);

        Assert.Equal(Killed, await Workload.RunAndKillAsync(folder.Path, 800, acknowledged, archives: true));
        await Workload.CompareAsync(folder.Path, acknowledged);
        Assert.NotEmpty(Directory.GetFiles(folder.In("archive"), "*.db"));
    }
}

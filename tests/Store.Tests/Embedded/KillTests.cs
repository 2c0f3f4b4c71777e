using EarlyWarning.Store.Connection;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Embedded;

public sealed class KillTests
{
    private const int Killed = 128 + 9;

    [Fact]
    public async Task Append_ProcessIsKilledAgainAndAgain_LosesNothingAcknowledged()
    {
        using TempFolder folder = new();
        Dictionary<int, long> acknowledged = [];
        foreach (var appends in (int[])[1, 200, 600])
        {
            Assert.Equal(Killed, await Workload.RunAndKillAsync(folder.Path, appends, acknowledged));
        }

        await CompareAsync(folder.Path, acknowledged);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Checkpoint_ProcessIsKilledInTheMiddle_LosesNothingAcknowledged(int turn)
    {
        using TempFolder folder = new();
        Dictionary<int, long> acknowledged = [];
        Assert.Equal(Killed, await Workload.RunAndKillAsync(folder.Path, int.MaxValue, acknowledged, $"{CrashPoint.DuringCheckpoint}:{turn}"));
        Assert.NotEmpty(acknowledged);

        await CompareAsync(folder.Path, acknowledged);
    }

    private static async Task CompareAsync(string folder, Dictionary<int, long> acknowledged)
    {
        await using StoreConnection store = new(new() { DataDirectory = folder }, NullLoggerFactory.Instance);
        await store.StartAsync(CancellationToken.None);
        await using SegmentMerger merger = new(store, NullLogger<SegmentMerger>.Instance);
        RedisJournals journals = new(store, merger, TimeProvider.System);
        foreach (var (index, last) in acknowledged)
        {
            var name = Workload.Journal(index);
            long position = 0;
            await foreach (var entry in journals.ReadAsync(name, 0, CancellationToken.None))
            {
                Assert.Equal(++position, entry.Position);
                Assert.Equal(Workload.Payload(index, position), entry.Payload.ToArray());
            }

            // One append may have been under way when the process was killed.
            Assert.InRange(position, last, last + 1);
            Assert.Equal(position, (await journals.OpenAsync(name, CancellationToken.None)).Tail);
            if (await journals.ReadSnapshotAsync(name, long.MaxValue, CancellationToken.None) is { } snapshot)
            {
                Assert.InRange(snapshot.Position, 1, position);
                Assert.Equal(Workload.Payload(index, -snapshot.Position), snapshot.Payload.ToArray());
            }
        }
    }
}

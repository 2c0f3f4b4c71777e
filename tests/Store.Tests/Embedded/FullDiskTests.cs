using EarlyWarning.Store.Connection;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Embedded;

public sealed class FullDiskTests
{
    [Fact]
    public async Task Append_DiskFills_IsNotAcknowledgedAndRecoversByItselfWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(megabytes: 160, ballast: 100);
        await using StoreConnection store = new(
            new() { DataDirectory = disk.DataDirectory, OperationTimeout = TimeSpan.FromMilliseconds(500), UnclearTimeout = TimeSpan.FromSeconds(1) },
            NullLoggerFactory.Instance);
        await store.StartAsync(CancellationToken.None);
        await using SegmentMerger merger = new(store, NullLogger<SegmentMerger>.Instance);
        RedisJournals journals = new(store, merger, TimeProvider.System);
        using HealthProbe probe = new(store, TimeProvider.System, NullLogger<HealthProbe>.Instance);

        var payload = new byte[256 * 1024];
        var writer = await journals.OpenAsync("full", CancellationToken.None);
        long acknowledged = 0;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            while (acknowledged < 1000)
            {
                Random.Shared.NextBytes(payload);
                acknowledged = (await writer.AppendAsync(payload, CancellationToken.None)).Position;
            }
        });
        await probe.ProbeAsync();
        Assert.False(probe.Status.Available);
        Assert.Contains("is full", probe.Status.Reason, StringComparison.Ordinal);
        Assert.InRange(acknowledged, 10, 999);

        disk.Free();
        for (var attempt = 0; !probe.Status.Available; attempt++)
        {
            Assert.True(attempt < 20, $"Still unavailable: {probe.Status.Reason}");
            await probe.ProbeAsync();
        }

        var again = await journals.OpenAsync("full", CancellationToken.None);
        Assert.InRange(again.Tail, acknowledged, acknowledged + 1);
        await again.AppendAsync(payload, CancellationToken.None);
        var count = 0;
        await foreach (var entry in journals.ReadAsync("full", 0, CancellationToken.None))
        {
            Assert.Equal(++count, entry.Position);
        }

        Assert.Equal(again.Tail, count);
    }
}

using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Durability;

public sealed class FullDiskTests
{
    [Fact]
    public async Task Append_DiskFills_IsNotAcknowledgedAndRecoversByItselfWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(megabytes: 160, ballast: 100);
        await using SuiteStore store = new(
            new() { DataDirectory = disk.DataDirectory, OperationTimeout = TimeSpan.FromSeconds(2), UnclearTimeout = TimeSpan.FromSeconds(1) },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await store.StartAsync(CancellationToken.None);
        SqlJournals journals = new(store, TimeProvider.System);

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
        await store.UntilAsync(status => !status.Available && status.Reason.Contains("is full", StringComparison.Ordinal));
        Assert.InRange(acknowledged, 10, 999);

        disk.Free();
        await store.UntilAsync(status => status.Available);

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

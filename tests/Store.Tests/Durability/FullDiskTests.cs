using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Archiving;
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

    [Theory]
    [InlineData(0)]
    [InlineData(64 << 20)]
    public async Task Archive_DiskIsFull_StopsWithoutLossAndGoesOnWhenThereIsRoom(long reserve)
    {
        using var disk = SmallDisk.Mount(megabytes: 200, ballast: 130);
        await using SuiteStore store = new(
            new() { DataDirectory = disk.DataDirectory, Ballast = false, ArchiveReserve = reserve }, [], TimeProvider.System, NullLoggerFactory.Instance);
        await store.StartAsync(CancellationToken.None);

        // Some 30 MB in the store, as much in its log: no room for as much again.
        var journal = await OldJournal.WriteAsync(store, size: 300_000);
        await journal.ArchiveAsync();
        Assert.Contains("Make room", store.ArchiveStatus.Fault, StringComparison.Ordinal);
        Assert.Equal(journal.Expected(1, OldJournal.Entries), await journal.ReadAsync(0));

        disk.Free();
        await store.UntilAsync(status => status.Available);
        await journal.ArchiveAsync();
        Assert.Equal("", store.ArchiveStatus.Fault);
        Assert.Equal(OldJournal.LastOld + 1, (await journal.StoredAsync())[0]);
        await journal.AssertWholeAsync();
    }
}

using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
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
            new()
            {
                DataDirectory = disk.DataDirectory,
                OperationTimeout = TimeSpan.FromSeconds(2),
                UnclearTimeout = TimeSpan.FromSeconds(1),
            },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
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

    [Fact]
    public async Task Archive_DiskHasLittleRoom_LeavesItToIntakeAndGoesOnWhenThereIsMore()
    {
        using var disk = SmallDisk.Mount(megabytes: 200, ballast: 130);
        await using SuiteStore store = new(
            new() { DataDirectory = disk.DataDirectory, Ballast = false },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await store.StartAsync(CancellationToken.None);

        // Some 30 MB in the store, as much in its log.
        var journal = await OldJournal.WriteAsync(store, size: 300_000);
        await journal.ArchiveAsync();
        Assert.Contains("Make room", store.ArchiveStatus.Fault, StringComparison.Ordinal);
        Assert.Equal(OldJournal.Entries, (await journal.StoredAsync()).Count);

        disk.Free();
        await AssertMovedAsync(journal);
    }

    [Fact]
    public async Task Archive_ItsDiskFills_StopsWithoutLossAndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(megabytes: 40, ballast: 20);
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync(options => options.ArchiveReserve = 0);
        Directory.CreateDirectory(disk.DataDirectory);
        Directory.CreateSymbolicLink(Path.GetDirectoryName(folder.Archived("2020.db"))!, disk.DataDirectory);
        var journal = await OldJournal.WriteAsync(store, size: 300_000);
        await journal.ArchiveAsync();
        Assert.Contains("Make room", store.ArchiveStatus.Fault, StringComparison.Ordinal);
        Assert.InRange((await journal.StoredAsync()).Count, 10, OldJournal.Entries - 10);
        await journal.AssertWholeAsync();

        disk.Free();
        await AssertMovedAsync(journal);
    }

    private static async Task AssertMovedAsync(OldJournal journal)
    {
        await journal.ArchiveAsync();
        Assert.Equal("", journal.Store.ArchiveStatus.Fault);
        Assert.Equal(OldJournal.LastOld + 1, (await journal.StoredAsync())[0]);
        await journal.AssertWholeAsync();
    }
}

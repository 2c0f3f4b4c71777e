using EarlyWarning.Store.Backup;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Backup;

/// <summary>A copy of a store in use, and what becomes of it elsewhere.</summary>
public sealed class BackupTests
{
    [Fact]
    public Task Backup_OfAFileUnderLoad_IsWholeAndStartsQuiet() => RoundTripAsync(null);

    [Fact]
    public async Task Backup_OfPostgresUnderLoad_IsWholeAndStartsQuiet()
    {
        await using var server = await PostgresServer.StartAsync();
        await RoundTripAsync(server);
    }

    [Fact]
    public async Task Restore_FromPostgresIntoPostgres_GoesOnWhereItWas()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var target = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        using StoreFolder restored = new(target);
        string copy;
        await using (var store = await folder.StartAsync())
        {
            await store.AppendAsync("a", 20);
            await store.CommitAsync(Event("first"), CancellationToken.None);
            copy = (await store.BackupAsync("", static _ => { }, CancellationToken.None)).File;
        }

        await using (var quiet = await restored.StartAsync(options => options.RestoreFrom = copy))
        {
            Assert.Contains("restored from", quiet.Quiet, StringComparison.Ordinal);
            Assert.Equal(20, await quiet.CountAsync("a"));
            await quiet.ResumeAsync(CancellationToken.None);
            await quiet.AppendAsync("a");
            await quiet.CommitAsync(Event("second"), CancellationToken.None);
        }

        Assert.Contains(
            "There is a store already",
            await restored.RefusedAsync(options => options.RestoreFrom = copy),
            StringComparison.Ordinal
        );
        await using var used = await restored.StartAsync();
        Assert.Equal("", used.Quiet);
        Assert.Equal(21, await used.CountAsync("a"));
        Assert.Equal(
            [1, 2],
            await used.ReadAsync(new("select seq from outbox order by seq"), row => row.GetInt64(0), CancellationToken.None)
        );
    }

    [Fact]
    public async Task Backup_NameTaken_IsRefusedAndTheFirstIsKept()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();
        var first = await store.BackupAsync("same.db", static _ => { }, CancellationToken.None);

        await Assert.ThrowsAsync<BackupException>(() => store.BackupAsync("same.db", static _ => { }, CancellationToken.None));
        await Assert.ThrowsAsync<BackupException>(() => store.BackupAsync("../same.db", static _ => { }, CancellationToken.None));
        Assert.Equal([first.File], Directory.GetFiles(Path.GetDirectoryName(first.File)!));
    }

    [Fact]
    public async Task Backup_EntryDamagedInTheStore_DoesNotCount()
    {
        using StoreFolder folder = new();
        await using (var store = await folder.StartAsync())
        {
            await store.AppendAsync("a", 3);
        }

        folder.Meddle("update journal set entry = x'00' where position = 2");
        await using var damaged = await folder.StartAsync();
        var refused = await Assert.ThrowsAsync<BackupException>(() => damaged.BackupAsync("", static _ => { }, CancellationToken.None));

        Assert.Contains("is not whole", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Entry 2 of the journal a", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, SuiteStore.BackupFolder)));
    }

    [Fact]
    public async Task Restore_FileCutShort_IsRefused()
    {
        using StoreFolder folder = new();
        string copy;
        await using (var store = await folder.StartAsync())
        {
            await store.AppendAsync("a", 300);
            copy = (await store.BackupAsync("", static _ => { }, CancellationToken.None)).File;
        }

        using (var file = File.OpenWrite(copy))
        {
            file.SetLength(file.Length / 2);
        }

        var refused = await folder.RefusedAsync(options =>
            (options.DataDirectory, options.RestoreFrom) = (folder.Beside("restored"), copy)
        );
        Assert.Contains("cannot be restored", refused, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Beside("restored"), StoreMark.FileName)));
    }

    private static async Task RoundTripAsync(PostgresServer? server)
    {
        using StoreFolder folder = new(server);
        using CancellationTokenSource stop = new();
        string copy;
        await using (var store = await folder.StartAsync())
        {
            var journals = new SqlJournals(store, TimeProvider.System);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(index => store.AppendAsync($"load/{index}", 50)));
            var load = Enumerable
                .Range(0, 4)
                .Select(index =>
                    Task.Run(async () =>
                    {
                        var writer = await journals.OpenAsync($"load/{index}", CancellationToken.None);
                        while (!stop.IsCancellationRequested)
                        {
                            await writer.AppendAsync(new byte[2_000], CancellationToken.None);
                        }

                        return writer.Tail;
                    })
                )
                .ToArray();
            var report = await store.BackupAsync("", static _ => { }, CancellationToken.None);
            await stop.CancelAsync();
            await Task.WhenAll(load);
            Assert.True(store.Status.Available, store.Status.Reason);
            Assert.Equal(4, report.Journals);
            Assert.InRange(report.Entries, 200, load.Sum(tail => tail.Result));
            copy = report.File;
        }

        using StoreFolder elsewhere = new();
        await using var restored = await elsewhere.StartAsync(options => options.RestoreFrom = copy);
        Assert.Contains("restored from early-warning-", restored.Quiet, StringComparison.Ordinal);
        Assert.Contains("a backup of ", restored.Quiet, StringComparison.Ordinal);
        Assert.InRange(await restored.CountAsync("load/0"), 50, int.MaxValue);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => restored.AppendAsync("load/0"));
        await restored.ResumeAsync(CancellationToken.None);
        await restored.AppendAsync("load/0");
    }

    private static Unit Event(string id) =>
        new Unit().Add(
            "insert into outbox (event, app, topic, type, subject, data, consumers, trace, created, due, published, attempts, fault, "
                + "state) values ($1, 'a', 't', 't', 's', $2, '', '', 0, 0, 0, 0, '', 'owed')",
            id,
            Array.Empty<byte>()
        );
}

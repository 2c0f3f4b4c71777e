using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Durability;

/// <summary>A store that can be read and takes no writes any longer.</summary>
public sealed class ReadOnlyTests
{
    private const string Words = "cannot be written";

    [Fact]
    public async Task Running_FileBecomesImmutable_SaysWhyAllTheTimeAndGoesOnByItself()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();
        await store.AppendAsync("a", 3);
        using (ImmutableFiles.Make(folder.Database, folder.Database + "-wal"))
        {
            await store.RefusesAsync(Words);
            Assert.Equal(3, await store.CountAsync("a"));

            // Nobody is told that it is well, only because the file can be opened for reading.
            for (var look = 0; look < 5; look++)
            {
                var said = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync("a"));
                Assert.Contains(Words, said.Message, StringComparison.Ordinal);
                Assert.False(store.Status.Available);
            }
        }

        await store.UntilAsync(status => status.Available);
        await store.AppendAsync("a");
        Assert.Equal(4, await store.CountAsync("a"));
    }

    [Fact]
    public async Task Start_FileIsImmutable_IsRefusedInASentence()
    {
        using StoreFolder folder = new();
        await (await folder.StartAsync()).DisposeAsync();
        using (ImmutableFiles.Make(folder.Database))
        {
            Assert.Contains(Words, await folder.RefusedAsync(), StringComparison.Ordinal);
        }

        await using var store = await folder.StartAsync();
        await store.AppendAsync("a");
    }

    [Fact]
    public async Task Running_DiskIsRemountedReadOnlyByAnError_SaysWhyAndIsReadStill()
    {
        using var disk = FailingDisk.Mount();
        using StoreFolder folder = new(path: disk.Path);
        await using var store = await folder.StartAsync(options => options.Ballast = false);
        await store.AppendAsync("a", 3);
        disk.Fail();

        await store.UntilAsync(status => !status.Available && status.Reason.Contains(SqliteDatabase.FileName, StringComparison.Ordinal));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync("a"));
        Assert.Equal(3, await store.CountAsync("a"));
    }

    [Fact]
    public async Task Running_ServerBecomesReadOnly_SaysWhyAndGoesOnByItself()
    {
        await using var server = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        await using var store = await folder.StartAsync();
        await store.AppendAsync("a", 3);
        SetReadOnly(folder, true);

        await store.RefusesAsync("takes no writes");
        Assert.Equal(3, await store.CountAsync("a"));
        Assert.Contains("takes no writes", await RefusedElsewhereAsync(folder), StringComparison.Ordinal);

        SetReadOnly(folder, false);
        await store.UntilAsync(status => status.Available);
        await store.AppendAsync("a");
    }

    [Fact]
    public async Task RunningAndStart_ServerIsAStandby_AreRefusedAsSuchUntilItIsPromoted()
    {
        await using var server = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        await using var store = await folder.StartAsync();
        await store.AppendAsync("a", 3);
        await using var standby = await server.StandbyAsync();
        await store.AppendAsync("a");
        await server.KillAsync();
        await standby.RestartAsync();

        await store.RefusesAsync("takes no writes: it is a standby");
        Assert.Contains("takes no writes: it is a standby", await RefusedElsewhereAsync(folder), StringComparison.Ordinal);

        // Only now it can be judged: it lags behind by what was acknowledged since.
        await standby.PromoteAsync(start: false);
        await store.RefusesAsync("it was restored, rolled back or failed over");
    }

    private static Task<string> RefusedElsewhereAsync(StoreFolder folder) =>
        folder.RefusedAsync(options => options.DataDirectory = folder.Beside("another"));

    private static void SetReadOnly(StoreFolder folder, bool readOnly)
    {
        folder.Meddle($"alter system set default_transaction_read_only = {(readOnly ? "on" : "off")}");
        folder.Meddle("select pg_reload_conf()");
    }
}

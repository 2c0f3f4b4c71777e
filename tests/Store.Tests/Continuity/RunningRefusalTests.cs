using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Continuity;

/// <summary>What happens to a store's file while the suite has it open.</summary>
public sealed class RunningRefusalTests
{
    [Theory]
    [InlineData("delete from store", "was deleted or emptied")]
    [InlineData("delete from journal", "was written by somebody else")]
    [InlineData("insert into lease (name, holder, until) values ('stranger', 'x', 0)", "was written by somebody else")]
    [InlineData("update store set beat = 0", "is behind what it had acknowledged")]
    [InlineData("update store set owner = 'another'", "was taken over by somebody else")]
    [InlineData("update store set identity = 'another'", "is another suite's store")]
    public async Task Running_SomebodyElseWrites_IsRefusedUntilItIsTakenOver(string sql, string words)
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();
        await store.AppendAsync("a", 3);
        var epoch = store.Identity.Epoch;
        folder.Meddle(sql);

        await store.RefusesAsync(words);
        await store.RefusesAsync("`ew resume`");
        if (words is "was deleted or emptied" or "is another suite's store")
        {
            // What is not there, or is another's, would look like a world without risk.
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CountAsync("a"));
        }
        else
        {
            Assert.InRange(await store.CountAsync("a"), 0, 3);
        }

        var taken = await store.ResumeAsync(CancellationToken.None);
        Assert.NotEqual(epoch, taken.Epoch);
        Assert.Equal(taken.Epoch, store.Identity.Epoch);
        await store.UntilAsync(status => status.Available);
        await store.AppendAsync("a");
    }

    [Fact]
    public async Task Running_CommitsReadsAndCheckpointsOfItsOwn_AreNoStrangers()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();
        var writer = await new Store.Journals.SqlJournals(store, TimeProvider.System).OpenAsync("big", CancellationToken.None);
        for (var entry = 0; entry < 60; entry++)
        {
            await writer.AppendAsync(new byte[500_000], CancellationToken.None);
            Assert.True(store.Status.Available, store.Status.Reason);
        }

        Assert.Equal(60, await store.CountAsync("big"));
        await store.AppendAsync("after");
    }

    [Fact]
    public async Task Running_FileMovedAwayAndBack_GoesOnByItself()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();
        await store.AppendAsync("a", 3);
        File.Move(folder.Database, folder.Beside("away"));
        await store.RefusesAsync("was deleted or moved");

        File.Move(folder.Beside("away"), folder.Database);
        await store.UntilAsync(status => status.Available);
        await store.AppendAsync("a");
        Assert.Equal(4, await store.CountAsync("a"));
    }

    [Fact]
    public async Task Running_FileDeleted_AcknowledgesNothingAndResumeBeginsAnew()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();
        await store.AppendAsync("a", 3);
        folder.RemoveStore();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync("a"));
        await store.RefusesAsync("was deleted or moved");

        await store.ResumeAsync(CancellationToken.None);
        await store.UntilAsync(status => status.Available);
        await store.AppendAsync("a");
        Assert.Equal(1, await store.CountAsync("a"));
    }

    [Fact]
    public async Task Running_OlderCopyPutInPlace_IsRefusedAsBehindUntilItIsTakenOver()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();
        await store.AppendAsync("a", 3);
        var older = (await store.BackupAsync("older.db", static _ => { }, CancellationToken.None)).File;
        await store.AppendAsync("a", 2);
        folder.RemoveStore();
        File.Copy(older, folder.Database);

        await store.RefusesAsync("is behind what it had acknowledged");
        await store.ResumeAsync(CancellationToken.None);
        await store.UntilAsync(status => status.Available);
        Assert.Equal(3, await store.CountAsync("a"));
        await store.AppendAsync("a");
        Assert.Equal("", store.Quiet);
    }

    [Fact]
    public async Task Running_AnotherSuitesFilePutInPlace_IsRefused()
    {
        using StoreFolder folder = new();
        using StoreFolder other = new();
        await (await other.StartAsync()).DisposeAsync();
        await using var store = await folder.StartAsync();
        folder.RemoveStore();
        File.Copy(other.Database, folder.Database);

        await store.RefusesAsync("is another suite's store");
    }

    [Fact]
    public async Task Resume_StoreInUse_IsRefused()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();

        await Assert.ThrowsAsync<StoreInUseException>(() => store.ResumeAsync(CancellationToken.None));
    }
}

using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Continuity;

/// <summary>What happens to a store in PostgreSQL, running and between two starts.</summary>
public sealed class PostgresRefusalTests
{
    [Theory]
    [InlineData("delete from store", "was deleted or emptied")]
    [InlineData("delete from journal", "the journal a ends at 0 and was at 3")]
    [InlineData("drop schema public cascade; create schema public", "was deleted or emptied")]
    [InlineData("update store set beat = 0", "is behind what it had acknowledged")]
    [InlineData("update store set writer = 'stranger'", "was written by somebody else")]
    [InlineData("update store set owner = 'another'", "was taken over by somebody else")]
    public async Task Running_SomebodyElseWrites_IsRefusedUntilItIsTakenOver(string sql, string words)
    {
        await using var server = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        await using var store = await folder.StartAsync();
        await store.AppendAsync("a", 3);
        folder.Meddle(sql);

        await store.RefusesAsync(words);
        await store.ResumeAsync(CancellationToken.None);
        await store.UntilAsync(status => status.Available);
        await store.AppendAsync("a");
    }

    [Fact]
    public async Task Start_StoreOwnedByAnotherFolder_IsRefusedByItsOwnerAndResumeTakesItOver()
    {
        await using var server = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        await using var first = await folder.StartAsync();
        await first.AppendAsync("a", 3);

        var refused = await folder.RefusedAsync(options => options.DataDirectory = folder.Beside("fresh"));
        Assert.Contains($"belongs to the suite whose owner mark is {first.Identity.Owner}", refused, StringComparison.Ordinal);
        Assert.Contains("--resume", refused, StringComparison.Ordinal);
        Assert.True(first.Status.Available, first.Status.Reason);

        await using var second = await folder.StartAsync(options =>
            (options.DataDirectory, options.Resume) = (folder.Beside("fresh"), true)
        );
        Assert.Equal(3, await second.CountAsync("a"));
        await first.RefusesAsync("was taken over by somebody else");
        await second.AppendAsync("a");
    }

    [Fact]
    public async Task Start_FolderCopiedByHand_IsQuietAndLeavesTheOtherAlone()
    {
        await using var server = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        await using var first = await folder.StartAsync();
        StoreFolder.CopyFolder(folder.Path, folder.Beside("copied"));

        await using var second = await folder.StartAsync(options => options.DataDirectory = folder.Beside("copied"));
        Assert.Contains("was moved or copied", second.Quiet, StringComparison.Ordinal);
        await first.AppendAsync("a");
        await first.UntilAsync(status => status.Available);
        Assert.Equal(1, await second.CountAsync("a"));
    }

    [Fact]
    public async Task Start_TablesDroppedWhileStopped_IsRefusedAsEmptied()
    {
        await using var server = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        await (await folder.StartAsync()).DisposeAsync();
        folder.RemoveStore();

        Assert.Contains("was deleted or emptied", await folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_FailedOverToAStandbyThatLags_IsRefusedUntilItIsTakenOver()
    {
        await using var server = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        await using var store = await folder.StartAsync();
        await store.AppendAsync("a", 3);
        await using var standby = await server.StandbyAsync();
        await store.AppendAsync("a", 2);
        await server.KillAsync();
        await standby.PromoteAsync();

        await store.RefusesAsync("it was restored, rolled back or failed over");
        Assert.Equal(3, await store.CountAsync("a"));
        await store.ResumeAsync(CancellationToken.None);
        await store.UntilAsync(status => status.Available);
        await store.AppendAsync("a");
        Assert.Equal(4, await store.CountAsync("a"));
    }

    [Fact]
    public async Task Start_FailedOverWhileStopped_IsRefusedAsBehind()
    {
        await using var server = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        await using var store = await folder.StartAsync();
        await using var standby = await server.StandbyAsync();
        await store.AppendAsync("a");
        await store.DisposeAsync();
        await server.KillAsync();
        await standby.PromoteAsync();

        Assert.Contains("is behind what it had acknowledged", await folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FailedOverAfterACrashWithNothingKnownToBeMissing_StartsAndSaysWhatCannotBeProved()
    {
        await using var server = await PostgresServer.StartAsync();
        using StoreFolder folder = new(server);
        var crashed = folder.Beside("as-it-was");
        await using (var store = await folder.StartAsync())
        {
            StoreFolder.CopyFolder(folder.Path, crashed);
        }

        await using var standby = await server.StandbyAsync();
        await server.KillAsync();
        await standby.PromoteAsync();

        // The mark of a suite that was killed.
        File.Copy(Path.Combine(crashed, "store.mark"), Path.Combine(folder.Path, "store.mark"), overwrite: true);
        await using var after = await folder.StartAsync();
        Assert.True(after.Status.Available, after.Status.Reason);
        Assert.Contains("had not been stopped cleanly", after.Status.Note, StringComparison.Ordinal);
    }
}

using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Continuity;

/// <summary>What a start makes of a store that is not what the folder knows.</summary>
public sealed class StartRefusalTests
{
    [Fact]
    public async Task Start_ExerciseOnActualDataAndTheOtherWayRound_IsRefusedEvenWithResume()
    {
        using StoreFolder folder = new();
        await (await folder.StartAsync()).DisposeAsync();

        Assert.Contains(
            "holds actual data, and this suite is an " + "exercise",
            await folder.RefusedAsync(options => options.Exercise = true),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "holds actual data",
            await folder.RefusedAsync(options => (options.Exercise, options.Resume) = (true, true)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Start_FileDeletedWhileStopped_IsRefusedAndResumeBeginsAnew()
    {
        using StoreFolder folder = new();
        await using (var store = await folder.StartAsync())
        {
            await store.AppendAsync("a");
        }

        folder.RemoveStore();
        var refused = await folder.RefusedAsync();
        Assert.Contains("was deleted or emptied", refused, StringComparison.Ordinal);
        Assert.Contains("--resume", refused, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Database));

        await using (var anew = await folder.StartAsync(options => options.Resume = true))
        {
            Assert.Equal(0, await anew.CountAsync("a"));
            await anew.AppendAsync("a");
        }

        await using var again = await folder.StartAsync();
        Assert.Equal(1, await again.CountAsync("a"));
    }

    [Fact]
    public async Task Start_OlderCopyPutBackWhileStopped_IsRefusedAsBehind()
    {
        using StoreFolder folder = new();
        await (await folder.StartAsync()).DisposeAsync();
        File.Copy(folder.Database, folder.Beside("older"));
        await (await folder.StartAsync()).DisposeAsync();
        folder.RemoveStore();
        File.Copy(folder.Beside("older"), folder.Database);

        var refused = await folder.RefusedAsync();
        Assert.Contains("is behind what it had acknowledged", refused, StringComparison.Ordinal);
        await using var taken = await folder.StartAsync(options => options.Resume = true);
        Assert.True(taken.Status.Available, taken.Status.Reason);
    }

    [Fact]
    public async Task Start_AnotherSuitesFile_IsRefusedByItsOwner()
    {
        using StoreFolder folder = new();
        using StoreFolder other = new();
        await (await folder.StartAsync()).DisposeAsync();
        await using (var theirs = await other.StartAsync())
        {
            await theirs.AppendAsync("theirs");
        }

        folder.RemoveStore();
        File.Copy(other.Database, folder.Database);

        Assert.Contains("is another suite's store", await folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RowGoneWhileStopped_IsRefusedAsEmptied()
    {
        using StoreFolder folder = new();
        await (await folder.StartAsync()).DisposeAsync();
        folder.Meddle("delete from store");

        Assert.Contains("was deleted or emptied", await folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MarkDamaged_IsRefused()
    {
        using StoreFolder folder = new();
        await (await folder.StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, StoreMark.FileName), "{");

        Assert.Contains("cannot be read", await folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NewerBuildsTables_IsRefused()
    {
        using StoreFolder folder = new();
        await (await folder.StartAsync()).DisposeAsync();
        folder.Meddle("insert into migration (service, number, applied) values ('store', 999, 0)");

        Assert.Contains("was written by a newer build", await folder.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SecondOnTheSameFolder_IsRefusedInASentenceThatNamesStore()
    {
        using StoreFolder folder = new();
        await using var first = await folder.StartAsync();

        var refused = await folder.RefusedAsync();
        Assert.Contains("Another process holds the data folder", refused, StringComparison.Ordinal);
        Assert.Contains("--store", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProcessThatHoldsTheFolderStandsStill_IsRefused()
    {
        using StoreFolder folder = new();
        using var holder = Workload.Launch(folder.Path);
        Assert.NotNull(await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        PostgresServer.Signal(holder.Id, PostgresServer.Stop);
        try
        {
            Assert.Contains("Another process holds the data folder", await folder.RefusedAsync(), StringComparison.Ordinal);
        }
        finally
        {
            holder.Kill();
            await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var after = await folder.StartAsync();
        Assert.True(after.Status.Available, after.Status.Reason);
    }

    [Fact]
    public async Task Start_Again_KeepsIdentityAndEpochAndHasAPrivateMark()
    {
        using StoreFolder folder = new();
        StoreIdentity before;
        await using (var store = await folder.StartAsync())
        {
            before = store.Identity;
        }

        await using var again = await folder.StartAsync();
        Assert.Equal(before, again.Identity);
        Assert.Equal("", again.Quiet);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(folder.Path, StoreMark.FileName))
            );
        }
    }

    [Fact]
    public async Task Start_DiskThatKeepsNothingSafe_StartsAndSaysSo()
    {
        using var disk = SmallDisk.Mount(megabytes: 16, ballast: 1);
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync(options => options.DataDirectory = disk.DataDirectory);

        Assert.True(store.Status.Available, store.Status.Reason);
        Assert.Contains("which no disk can do", store.Status.Note, StringComparison.Ordinal);
    }
}

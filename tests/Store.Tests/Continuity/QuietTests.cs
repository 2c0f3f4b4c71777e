using EarlyWarning.Store.Due;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Continuity;

/// <summary>A store of which nobody has said that it is the one.</summary>
public sealed class QuietTests
{
    [Fact]
    public async Task Start_FolderCopiedByHand_IsQuietUntilItIsTakenOver()
    {
        using StoreFolder folder = new();
        await using (var store = await folder.StartAsync())
        {
            await store.AppendAsync("a", 3);
        }

        var copied = folder.Beside("copied");
        StoreFolder.CopyFolder(folder.Path, copied);
        await using (var copy = await folder.StartAsync(options => options.DataDirectory = copied))
        {
            Assert.Contains("was moved or copied", copy.Quiet, StringComparison.Ordinal);
            Assert.True(copy.Status.Available, copy.Status.Reason);
            Assert.Equal(3, await copy.CountAsync("a"));
            var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => copy.AppendAsync("a"));
            Assert.Contains("`ew resume`", refused.Message, StringComparison.Ordinal);
        }

        await using (var still = await folder.StartAsync(options => options.DataDirectory = copied))
        {
            Assert.NotEqual("", still.Quiet);
            var epoch = still.Identity.Epoch;
            Assert.NotEqual(epoch, (await still.ResumeAsync(CancellationToken.None)).Epoch);
            Assert.Equal("", still.Quiet);
            await still.AppendAsync("a");
        }

        await using var inUse = await folder.StartAsync(options => options.DataDirectory = copied);
        Assert.Equal("", inUse.Quiet);
        await using var original = await folder.StartAsync();
        Assert.Equal("", original.Quiet);
        Assert.NotEqual(original.Identity.Epoch, inUse.Identity.Epoch);
    }

    [Fact]
    public async Task Scan_StoreIsQuietOrRefused_WakesNobody()
    {
        using StoreFolder folder = new();
        await using var store = await folder.StartAsync();
        var (woken, due) = (0, new SqlDueTimes(store, TimeProvider.System));
        await due.SetAsync("queue", "member", DateTimeOffset.UnixEpoch, CancellationToken.None);
        using DueReader reader = new(
            new("queue", (_, _) => Task.FromResult(++woken)),
            due,
            TimeProvider.System,
            NullLogger<DueReader>.Instance,
            store
        );
        folder.Meddle("update store set beat = 0");
        await store.RefusesAsync("is behind");
        await reader.ScanAsync(CancellationToken.None);
        await reader.SettledAsync();
        Assert.Equal(0, woken);

        await store.ResumeAsync(CancellationToken.None);
        await store.UntilAsync(status => status.Available);
        await reader.ScanAsync(CancellationToken.None);
        await reader.SettledAsync();
        Assert.Equal(1, woken);
    }

    [Fact]
    public async Task Lease_ProcessThatHeldItIsGone_IsFreeAtOnce()
    {
        using StoreFolder folder = new();
        await using (var before = await folder.StartAsync())
        {
            Assert.True(
                await new SqlDueTimes(before, TimeProvider.System).LeaseAsync(
                    "queue",
                    "before",
                    TimeSpan.FromDays(1),
                    CancellationToken.None
                )
            );
        }

        await using var after = await folder.StartAsync();
        SqlDueTimes due = new(after, TimeProvider.System);
        Assert.True(await due.LeaseAsync("queue", "after", TimeSpan.FromDays(1), CancellationToken.None));
        Assert.False(await due.LeaseAsync("queue", "another", TimeSpan.FromDays(1), CancellationToken.None));
    }
}

using System.Text;
using EarlyWarning.Store.Connection;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Connection;

public sealed class OutsideStoreTests
{
    [Theory]
    [InlineData("maxmemory-policy noeviction", "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "allkeys-lru")]
    [InlineData("appendonly yes", "--appendonly", "no", "--appendfsync", "always")]
    [InlineData("appendfsync always", "--appendonly", "yes", "--appendfsync", "everysec")]
    public async Task Start_StoreThatForgets_IsRefusedWithWhatToSet(string set, params string[] settings)
    {
        await using var server = await RedisServer.StartAsync(settings);
        await using StoreConnection store = new(new() { ConnectionString = server.ConnectionString }, NullLoggerFactory.Instance);

        var refusal = await Assert.ThrowsAsync<StoreStartException>(() => store.StartAsync(CancellationToken.None));
        Assert.Contains($"Set {set} in its configuration", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_ServerIsKilledAndComesBack_ResolvesItselfAndLosesNothing()
    {
        await using var server = await RedisServer.StartAsync();
        await using StoreConnection store = new(
            new() { ConnectionString = server.ConnectionString, UnclearTimeout = TimeSpan.FromMinutes(1) }, NullLoggerFactory.Instance);
        await store.StartAsync(CancellationToken.None);
        await using SegmentMerger merger = new(store, NullLogger<SegmentMerger>.Instance);
        RedisJournals journals = new(store, merger, TimeProvider.System);
        var writer = await journals.OpenAsync("killed", CancellationToken.None);
        using CancellationTokenSource enough = new();
        using SemaphoreSlim progress = new(0);
        var appending = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await writer.AppendAsync(Encoding.UTF8.GetBytes($"{writer.Tail + 1}"), CancellationToken.None);
                progress.Release();
            }
        });
        for (var kill = 0; kill < 3; kill++)
        {
            for (var index = 0; index < 100; index++)
            {
                Assert.True(await progress.WaitAsync(TimeSpan.FromMinutes(1)), "No append was acknowledged for a minute.");
            }

            await server.KillAsync();
            await server.RunAsync();
        }

        await enough.CancelAsync();
        await appending;
        var count = 0;
        await foreach (var entry in journals.ReadAsync("killed", 0, CancellationToken.None))
        {
            Assert.Equal($"{++count}", Encoding.UTF8.GetString(entry.Payload.Span));
        }

        Assert.Equal(writer.Tail, count);
        Assert.True(count >= 300);
    }

    [Fact]
    public async Task Append_ServerIsGone_SaysThatItMayOrMayNotBeThereAndHealthRecovers()
    {
        await using var server = await RedisServer.StartAsync();
        await using StoreConnection store = new(
            new() { ConnectionString = server.ConnectionString, OperationTimeout = TimeSpan.FromMilliseconds(200), UnclearTimeout = TimeSpan.FromMilliseconds(100) },
            NullLoggerFactory.Instance);
        await store.StartAsync(CancellationToken.None);
        await using SegmentMerger merger = new(store, NullLogger<SegmentMerger>.Instance);
        RedisJournals journals = new(store, merger, TimeProvider.System);
        using HealthProbe probe = new(store, TimeProvider.System, NullLogger<HealthProbe>.Instance);
        var writer = await journals.OpenAsync("gone", CancellationToken.None);
        await writer.AppendAsync(default, CancellationToken.None);
        await server.KillAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await writer.AppendAsync(default, CancellationToken.None));
        await probe.ProbeAsync();
        Assert.False(probe.Status.Available);
        Assert.Contains(server.ConnectionString, probe.Status.Reason, StringComparison.Ordinal);

        await server.RunAsync();
        for (var attempt = 0; !probe.Status.Available; attempt++)
        {
            Assert.True(attempt < 100, $"Still unavailable: {probe.Status.Reason}");
            await probe.ProbeAsync();
        }

        Assert.InRange((await journals.OpenAsync("gone", CancellationToken.None)).Tail, 1, 2);
    }

    [Fact]
    public async Task Start_NobodyThere_IsRefusedWithOneLine()
    {
        await using StoreConnection store = new(new() { ConnectionString = "127.0.0.1:1,connectTimeout=200,connectRetry=1" }, NullLoggerFactory.Instance);

        Assert.DoesNotContain('\n', (await Assert.ThrowsAsync<StoreStartException>(() => store.StartAsync(CancellationToken.None))).Message);
    }
}

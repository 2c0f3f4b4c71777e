using EarlyWarning.Store.Connection;
using EarlyWarning.Store.DueTimes;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace EarlyWarning.Store.Tests;

public sealed class StoreServicesTests
{
    [Fact]
    public async Task AddStore_Options_StartsBeforeOtherServicesAndKeepsWhatWasAppended()
    {
        using TemporaryFolder folder = new();
        for (var start = 1; start <= 2; start++)
        {
            var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
            TaskCompletionSource<string> woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
            builder.Services.AddDueReader("queue", (_, due, _) =>
            {
                woken.TrySetResult(due.Member);
                return Task.CompletedTask;
            });
            builder.Services.AddStore(new StoreOptions { DataDirectory = folder.Path });
            using var host = builder.Build();
            await host.StartAsync();

            Assert.True(host.Services.GetRequiredService<IStoreHealth>().Status.Available);
            var writer = await host.Services.GetRequiredService<IJournals>().OpenAsync("a", CancellationToken.None);
            Assert.Equal(start, (await writer.AppendAsync(default, CancellationToken.None)).Position);
            await host.Services.GetRequiredService<IDueTimes>().SetAsync("queue", "member", DateTimeOffset.UnixEpoch, CancellationToken.None);
            Assert.Equal("member", await woken.Task.WaitAsync(TimeSpan.FromSeconds(20)));
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }

    [Fact]
    public async Task ConnectionString_Embedded_LetsInNobodyWithoutIt()
    {
        using TemporaryFolder folder = new();
        await using StoreConnection store = new(new() { DataDirectory = folder.Path }, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await store.StartAsync(CancellationToken.None);

        await using (var known = await ConnectionMultiplexer.ConnectAsync(store.ConnectionString))
        {
            Assert.True(await known.GetDatabase().StringSetAsync("a", "b"));
        }

        var stranger = ConfigurationOptions.Parse(store.ConnectionString);
        stranger.Password = null;
        stranger.AbortOnConnectFail = false;
        stranger.ConnectTimeout = 500;
        stranger.ConnectRetry = 1;
        await using var unknown = await ConnectionMultiplexer.ConnectAsync(stranger);
        await Assert.ThrowsAnyAsync<RedisException>(() => unknown.GetDatabase().StringGetAsync("a"));
    }
}

using EarlyWarning.Store.Configuration;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Health;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.DependencyInjection;

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
            await host
                .Services.GetRequiredService<IDueTimes>()
                .SetAsync("queue", "member", DateTimeOffset.UnixEpoch, CancellationToken.None);
            Assert.Equal("member", await woken.Task.WaitAsync(TimeSpan.FromSeconds(20)));
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }
}

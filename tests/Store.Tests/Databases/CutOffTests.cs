using System.Diagnostics;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Databases;

/// <summary>A server that answers nothing, and refuses nothing either.</summary>
public sealed class CutOffTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Commit_ServerIsCutOffSilently_IsRefusedAtOnceOnceThatIsKnownAndTheStopIsShort()
    {
        await using var server = await PostgresServer.StartAsync();
        await using SilentProxy proxy = new(server.Port);
        using StoreFolder folder = new(server);
        await using var store = await folder.StartAsync(options => options.ConnectionString = PostgresServer.ConnectionThrough(proxy.Port));
        await store.AppendAsync("a", 3);
        proxy.Cut();

        // Those that wait together are told together.
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, 1_000)
                .Select(index => Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(Row(index), CancellationToken.None)))
        );
        output.WriteLine($"told after {clock.Elapsed}");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), $"A thousand were told within {clock.Elapsed}.");

        await store.UntilAsync(status => !status.Available && status.Reason.Contains("did not answer", StringComparison.Ordinal));
        clock.Restart();
        for (var index = 0; index < 50; index++)
        {
            var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(Row(index), CancellationToken.None));
            Assert.Contains("did not answer", refused.Message, StringComparison.Ordinal);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"Fifty were refused within {clock.Elapsed}.");

        proxy.Mend();
        await store.UntilAsync(status => status.Available);
        await store.AppendAsync("a");
        Assert.Equal(4, await store.CountAsync("a"));

        proxy.Cut();
        clock.Restart();
        await store.DisposeAsync();
        output.WriteLine($"stopped after {clock.Elapsed}");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(6), $"The stop took {clock.Elapsed}.");
    }

    private static Unit Row(int index) =>
        new Unit().Add("insert into lease (name, holder, until) values ($1, 'x', 0)", $"cut/{index}/{Guid.NewGuid():N}");
}

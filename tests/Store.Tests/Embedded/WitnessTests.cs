using EarlyWarning.Store.Connection;
using EarlyWarning.Store.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Embedded;

public sealed class WitnessTests
{
    private static readonly DateTimeOffset s_now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Start_AfterMarks_ComesBackWithTheNewest()
    {
        using TemporaryFolder folder = new();
        await using (StoreConnection store = new(new() { DataDirectory = folder.Path }, NullLoggerFactory.Instance))
        {
            await store.StartAsync(CancellationToken.None);
            await store.MarkAsync(s_now);
            await store.MarkAsync(s_now.AddHours(-1));
        }

        Assert.Equal(s_now.ToUnixTimeMilliseconds() + 1, new Witness(folder.Path).Newest);
        await using StoreConnection again = new(new() { DataDirectory = folder.Path }, NullLoggerFactory.Instance);
        await again.StartAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Start_StoreIsOfAnEarlierState_IsRefusedAndLeftAsItIs()
    {
        using TemporaryFolder folder = new();
        await using (StoreConnection store = new(new() { DataDirectory = folder.Path }, NullLoggerFactory.Instance))
        {
            await store.StartAsync(CancellationToken.None);
            await store.MarkAsync(s_now);
        }

        Witness witness = new(folder.Path);
        var kept = witness.Newest;
        witness.Keep(kept + 1);
        await using (StoreConnection earlier = new(new() { DataDirectory = folder.Path }, NullLoggerFactory.Instance))
        {
            var refusal = await Assert.ThrowsAsync<StoreStartException>(() => earlier.StartAsync(CancellationToken.None));
            Assert.Contains("comes back without what it had acknowledged", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
        }

        witness.Keep(kept);
        await using StoreConnection again = new(new() { DataDirectory = folder.Path }, NullLoggerFactory.Instance);
        await again.StartAsync(CancellationToken.None);
    }
}

using EarlyWarning.Store.Cache;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Store.Tests.Cache;

public sealed class CacheConnectionTests
{
    private static readonly CancellationToken s_none = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Embedded_MoreThanItsMemory_ForgetsTheOldestAndStaysBounded()
    {
        await using var cache = await StartAsync(new() { MemoryMegabytes = 16, Timeout = TimeSpan.FromSeconds(5) });
        var value = new byte[1_000_000];
        for (var i = 0; i < 40; i++)
        {
            Assert.True((await cache.TryAsync(database => database.StringSetAsync($"key-{i}", value))).Value);
        }

        var size = await cache.MeasureAsync();

        Assert.InRange(size!.Value.Entries, 4, 20);
        Assert.InRange(size.Value.Bytes, 4_000_000, 24_000_000);
        Assert.True((await cache.TryAsync(database => database.StringGetAsync("key-0"))) is { Answered: true, Value.IsNull: true });
        Assert.Equal(value.Length, (await cache.TryAsync(database => database.StringGetAsync("key-39"))).Value.Length());
    }

    [Fact]
    public async Task Outside_ThatIsNotThere_FailsNobodyAndIsUsedOnceItIs()
    {
        await using var redis = await RedisServer.StartAsync("--save", "");
        await redis.KillAsync();
        await using var cache = await StartAsync(new() { ConnectionString = $"{redis.ConnectionString},connectTimeout=200" });
        Assert.False((await cache.TryAsync(database => database.StringSetAsync("key", "1"))).Answered);
        Assert.NotEmpty(cache.Fault);
        Assert.Null(await cache.MeasureAsync());

        await redis.RunAsync();
        var start = TimeProvider.System.GetTimestamp();
        while (!(await cache.TryAsync(database => database.StringSetAsync("key", "1"))).Answered)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"After 20 s still: {cache.Fault}");
            await Task.Yield();
        }

        Assert.Empty(cache.Fault);
        Assert.True((await cache.MeasureAsync())!.Value is { Entries: 1, Bytes: > 0 });
    }

    [Fact]
    public async Task Slow_Operation_IsGivenUpAfterTheTimeout()
    {
        await using var cache = await StartAsync(new() { Timeout = TimeSpan.FromMilliseconds(20) });
        var never = new TaskCompletionSource<int>();

        var answer = await cache.TryAsync(_ => never.Task);

        Assert.False(answer.Answered);
        Assert.Contains("20 ms", cache.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralErrors_NamesThemTogether()
        => Assert.Equal(2, new CacheOptions { MemoryMegabytes = 1, Timeout = TimeSpan.Zero }.Validate().Count);

    private static async Task<CacheConnection> StartAsync(CacheOptions options)
    {
        var cache = new CacheConnection(options, NullLoggerFactory.Instance);
        await cache.StartAsync(s_none);
        return cache;
    }
}

using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Cache;

/// <content>What Redis must not do to an answer.</content>
public sealed partial class RedisLevelTests
{
    [Fact]
    public async Task Keep_RedisIsFull_SaysSoGoesOnReadingAndKeepsAgainOnceThereIsRoom()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var results = Results.On(redis);
        await KeepAsync(redis, results, "early");
        await LimitAsync(1);

        Assert.False(await results.AskAsync("late"));
        await Eventually.HoldsAsync(
            async () => (await results.StatusAsync()).Text.Contains("OOM", StringComparison.Ordinal),
            "the refusal is told"
        );
        Assert.True(await results.AskAsync("late"));
        await using var other = Results.On(redis);
        Assert.True(await other.AskAsync("early"));

        await UsedAgainAsync(redis, results, () => LimitAsync(0));
        Assert.Equal(V1.Health.Ok, (await results.StatusAsync()).Health);

        Task LimitAsync(int bytes) => redis.DoAsync((database, _) => database.ExecuteAsync("CONFIG", "SET", "maxmemory", bytes));
    }

    [Fact]
    public async Task GetAsync_ValueIsDamaged_IsAMissAndIsMended()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = Results.On(redis);
        await KeepAsync(redis, one, "damaged");
        var key = await redis.DoAsync((_, server) => Task.FromResult(server.Keys(pattern: "early-warning:suite:result:*").Single()));
        var whole = await redis.DoAsync(async (database, _) => (byte[])(await database.StringGetAsync(key))!);
        List<byte[]> damaged =
        [
            [],
            [1],
            "not a result"u8.ToArray(),
            whole[..^1],
            [.. whole, 0],
        ];
        for (var position = 0; position < whole.Length; position++)
        {
            var bytes = whole.ToArray();
            bytes[position] ^= 0x55;
            damaged.Add(bytes);
        }

        var missed = 0;
        foreach (var bytes in damaged)
        {
            await redis.DoAsync((database, _) => database.StringSetAsync(key, bytes));
            await using var other = Results.On(redis);
            missed += await other.AskAsync("damaged") ? 0 : 1;
            Assert.Empty(other.Redis.Fault);
        }

        // A bit of the frame may say when it was written or how long it holds, and no more; what it holds is right all the same.
        Assert.InRange(missed, damaged.Count - 16, damaged.Count);
        await redis.DoAsync(async (database, _) => await database.KeyDeleteAsync(key) && await database.ListLeftPushAsync(key, "x") > 0);
        await using var last = Results.On(redis);
        Assert.False(await last.AskAsync("damaged"));
        await using var mended = Results.On(redis);
        await Eventually.HoldsAsync(() => mended.AskAsync("damaged"), "it is kept anew");
    }

    [Fact]
    public async Task GetAsync_ForeignEndOfAllTags_EndsNothing()
    {
        await using var redis = await RedisServer.StartAsync();
        var future = BitConverter.GetBytes(DateTimeOffset.MaxValue.UtcTicks);
        await redis.DoAsync((database, _) => database.StringSetAsync("early-warning:suite:__MSFT_HCT__*", future));
        await using var one = Results.On(redis);
        await KeepAsync(redis, one, "tags");
        await using var other = Results.On(redis);

        Assert.True(await one.AskAsync("tags"));
        Assert.True(await other.AskAsync("tags"));
    }

    [Fact]
    public async Task GetAsync_WrongPassword_SaysSoAndDoesNotTellIt()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", "right");
        await using var results = Results.On(redis, ",password=wrong-one");

        Assert.False(await results.AskAsync("refused"));

        var line = await results.StatusAsync();
        Assert.Equal(V1.Health.Attention, line.Health);
        Assert.DoesNotContain("wrong-one", line.Text, StringComparison.Ordinal);
    }
}

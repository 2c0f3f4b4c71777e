using EarlyWarning.Scoring.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Scoring.Tests.Cache;

public sealed partial class RedisLevelTests
{
    [Fact]
    public async Task GetAsync_KeptByAnotherProcess_IsAnsweredFromRedisAndThenHere()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = Results.On(redis);
        await KeepAsync(redis, one, "shared");
        await using var other = Results.On(redis);

        Assert.True(await other.AskAsync("shared"));
        await redis.KillAsync();
        Assert.True(await other.AskAsync("shared"));

        Assert.Equal((0, 1.0, 0.5), (other.Computed, other.Metrics.HitRatio, other.Metrics.RedisRatio));
    }

    [Fact]
    public async Task GetAsync_OtherMode_IsNotShared()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var actual = Results.On(redis);
        await KeepAsync(redis, actual, "mode");
        await using var exercise = Results.On(redis, exercise: true);

        Assert.False(await exercise.AskAsync("mode"));
    }

    [Fact]
    public async Task GetAsync_RedisIsKilledInTheMiddle_AnswersEveryCallAndUsesItAgain()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var results = Results.On(redis);
        var half = new TaskCompletionSource();
        var asking = Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async caller =>
                {
                    for (var i = 0; i < 250; i++)
                    {
                        Assert.False(await results.AskAsync($"{caller} {i}", 20_000));
                        if (i == 50)
                        {
                            half.TrySetResult();
                        }
                    }
                })
        );

        await half.Task;
        await redis.KillAsync();
        await asking;
        Assert.Equal(2_000, results.Computed);

        await UsedAgainAsync(redis, results, redis.RunAsync);
    }

    [Fact]
    public async Task GetAsync_RedisHangs_IsAnsweredAndRedisLeftAloneUntilItGoesOn()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var results = new Results(
            new()
            {
                ConnectionString = redis.ConnectionString,
                Timeout = TimeSpan.FromMilliseconds(100),
                Rest = TimeSpan.FromSeconds(1),
            }
        );
        await KeepAsync(redis, results, "before");
        await redis.HangAsync();

        var asked = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                Assert.False(await results.AskAsync($"hanging {asked++}"));
                return !results.Redis.IsAsked;
            },
            "Redis is left alone"
        );

        Assert.InRange(asked, 1, 10);
        Assert.Contains("100 ms", results.Redis.Fault, StringComparison.Ordinal);
        Assert.True(await results.AskAsync("before"));
        await UsedAgainAsync(redis, results, redis.GoOnAsync);
    }

    [Fact]
    public async Task GetAsync_RedisHangs_WaitsForTheTimeoutAndNoLonger()
    {
        await using var redis = await RedisServer.StartAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var results = new Results(new() { ConnectionString = redis.ConnectionString, Timeout = TimeSpan.FromSeconds(5) }, time);
        await KeepAsync(redis, results, "before");
        await redis.HangAsync();
        var start = TimeProvider.System.GetTimestamp();

        var asking = results.AskAsync("hanging");
        while (!asking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.False(await asking);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5), "It waited for something else than the timeout.");
    }

    [Fact]
    public async Task GetAsync_RedisIsFlushed_ComputesAgain()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = Results.On(redis);
        await KeepAsync(redis, one, "flushed");
        await redis.FlushAsync();
        await using var other = Results.On(redis);

        Assert.False(await other.AskAsync("flushed"));
        Assert.True(await one.AskAsync("flushed"));
        Assert.Empty(other.Redis.Fault);
    }

    [Fact]
    public async Task GetAsync_RedisIsAbsentAtTheStart_IsAnsweredAndUsesItOnceItIsThere()
    {
        await using var redis = RedisServer.Absent();
        await using var results = Results.On(redis);

        Assert.False(await results.AskAsync("absent"));
        Assert.True(await results.AskAsync("absent"));
        var line = await results.StatusAsync();

        Assert.Equal(V1.Health.Attention, line.Health);
        Assert.Contains("Holds 1 entries", line.Text, StringComparison.Ordinal);
        await UsedAgainAsync(redis, results, redis.RunAsync);
        Assert.Equal(V1.Health.Ok, (await results.StatusAsync()).Health);
    }

    [Fact]
    public async Task Measure_OfAnEmptyOne_CountsAndOfOneThatDoesNotTell_IsNotKnown()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var results = Results.On(redis);
        Assert.True(await results.Redis.MeasureAsync() is { Entries: 0, Bytes: > 0 });
        await redis.DoAsync(
            async (database, _) => await database.ExecuteAsync("ACL", "SETUSER", "small", "on", ">pw", "~*", "+@all", "-info", "-dbsize")
        );
        await using var small = Results.On(redis, ",user=small,password=pw");

        Assert.False(await small.AskAsync("small"));

        Assert.Equal(new(null, null), await small.Redis.MeasureAsync());
        Assert.Empty(small.Redis.Fault);
        Assert.Contains("an unknown number of entries", (await small.StatusAsync()).Text, StringComparison.Ordinal);
    }

    private static async Task KeepAsync(RedisServer redis, Results results, string content)
    {
        var before = await redis.CountAsync();
        Assert.False(await results.AskAsync(content));
        await Eventually.HoldsAsync(async () => await redis.CountAsync() > before, "Redis has the result");
    }

    private static async Task UsedAgainAsync(RedisServer redis, Results results, Func<Task> heal)
    {
        await heal();
        var (tries, before) = (0, await redis.CountAsync());
        await Eventually.HoldsAsync(
            async () =>
            {
                await results.AskAsync($"after {tries++}");
                return await redis.CountAsync() > before && results.Redis.Fault.Length == 0;
            },
            "Redis has a result from after that"
        );
    }
}

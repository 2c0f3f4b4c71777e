using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Scoring;

/// <summary>
/// A suite whose results a Redis keeps too, which is not there at first, over a restart of the suite and the death of the Redis.
/// </summary>
public sealed class SharedCacheTests(ScoringSuite scoring) : IClassFixture<ScoringSuite>
{
    [Fact]
    public async Task Suite_RedisComesAndGoes_AnswersAlwaysAndKeepsResultsOverItsOwnRestart()
    {
        using var folder = new TemporaryFolder();
        await using var redis = RedisServer.Absent();
        string[] cache = ["--cache", redis.ConnectionString];
        await RestartAsync(cache);

        Assert.False(await AskAsync(1));
        Assert.Equal(Health.Attention, (await CacheLineAsync()).Health);

        await redis.RunAsync();
        await Eventually.HoldsAsync(
            async () => (await CacheLineAsync()).Health == Health.Ok,
            "the suite uses the Redis that has come",
            seen: Seen
        );
        Assert.False(await AskAsync(2));
        await Eventually.HoldsAsync(async () => await HeldAsync() > 0, "the Redis has the result", seen: Seen);
        await RestartAsync(cache);

        // It takes calls before it is connected: what it has not reached yet it does without.
        await Eventually.HoldsAsync(async () => (await CacheLineAsync()).Health == Health.Ok, "the suite is connected again", seen: Seen);
        Assert.True(await AskAsync(2));

        await redis.KillAsync();
        Assert.True(await AskAsync(2));
        Assert.False(await AskAsync(3));
        await RestartAsync(cache);
        Assert.False(await AskAsync(2));
    }

    private async Task RestartAsync(string[] more)
    {
        Assert.Equal(0, await scoring.Suite.StopAsync());
        Assert.True(await scoring.Suite.StartAsync(null, more), scoring.Suite.Output);
    }

    private async Task<bool> AskAsync(ulong seed) => (
            await scoring.Scoring.QuantifyUncertaintyAsync(
                new()
                {
                    Parent = ScoringSuite.Framework,
                    Draws = 500,
                    Seed = seed,
                }
            )
        ).Computation.Cached;

    private async Task<StatusLine> CacheLineAsync() =>
        (await new ServerService.ServerServiceClient(scoring.Suite.Channel).GetStatusAsync(new())).Lines.Single(line =>
            line.Subject == "cache"
        );

    private async Task<int> HeldAsync()
    {
        var words = (await CacheLineAsync()).Text.Split("its Redis ");
        return words.Length < 2 ? 0 : int.Parse(words[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private string Seen() => scoring.Suite.Output;
}

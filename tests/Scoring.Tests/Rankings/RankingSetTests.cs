using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Rankings;
using EarlyWarning.Scoring.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Scoring.Tests.Rankings;

public sealed class RankingSetTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    private RankingSet Set => house.Services.GetRequiredService<RankingSet>();

    [Fact]
    public async Task CountAbove_WholeSet_LeavesTheCountryItselfOut()
    {
        await Set.ReplaceAsync("count", 1, new Dictionary<string, double> { ["XAA"] = 50, ["XAB"] = 40, ["XAC"] = 40 });

        Assert.Equal(new(1, 2, 40), await Set.CountAboveAsync("count", 1, "XAB", 40));
        Assert.Equal(new(0, 2, 50), await Set.CountAboveAsync("count", 1, "XAA", 45));
        Assert.Equal(new(1, 3, null), await Set.CountAboveAsync("count", 1, "XAD", 45));
        Assert.Null(await Set.CountAboveAsync("count", 2, "XAA", 45));
    }

    [Fact]
    public async Task CountAbove_PartWasLost_IsNoSet()
    {
        await Set.ReplaceAsync("lost", 1, new Dictionary<string, double> { ["XAA"] = 50, ["XAB"] = 40 });
        await house.Cache.TryAsync(database => database.KeyDeleteAsync("ew:ranking:{lost/1}:scores"));

        Assert.Null(await Set.CountAboveAsync("lost", 1, "XAA", 0));
        Assert.False(await Set.ChangeAsync("lost", 1, new Dictionary<string, double?> { ["XAA"] = 51 }, 2));
    }

    [Fact]
    public async Task Change_ScoreComesAndGoes_IsCounted()
    {
        await Set.ReplaceAsync("change", 1, new Dictionary<string, double> { ["XAA"] = 50, ["XAB"] = 40 });

        Assert.True(await Set.ChangeAsync("change", 1, new Dictionary<string, double?> { ["XAA"] = null, ["XAC"] = 60, ["XAD"] = 30 }, 3));

        Assert.Equal(new(2, 3, null), await Set.CountAboveAsync("change", 1, "XAA", 35));
    }

    [Fact]
    public async Task Feed_RankingChanges_KeepsTheSet()
    {
        using var feed = new RankingFeed(
            house.Services.GetRequiredService<IGrainFactory>(), house.World, Set, TimeProvider.System, NullLogger<RankingFeed>.Instance);
        await feed.StartAsync(None);
        await UntilAsync("the set is there", async () => await Set.CountAboveAsync("small", 1, "XAB", 0) is { OthersAbove: 4 });

        house.World.See("XAF", "killings", 1);
        house.Ranking.Raise();
        await UntilAsync("the new country is in the set", async () => await Set.CountAboveAsync("small", 1, "XAB", 0) is { OthersAbove: 5 });

        await house.Cache.TryAsync(database => database.KeyDeleteAsync("ew:ranking:{small/1}:scores"));
        house.Ranking.Raise();
        await UntilAsync("a lost set is written anew", async () => await Set.CountAboveAsync("small", 1, "XAB", 0) is { OthersAbove: 5 });
        await feed.StopAsync(None);
    }

    [Fact]
    public async Task Standings_WithoutASet_AskTheRanking()
    {
        house.World.Put(Samples.Small("frameworks/unfollowed"));
        var framework = house.Services.GetRequiredService<FrameworkChoices>().Active("unfollowed")!;
        var standings = house.Services.GetRequiredService<Standings>();

        Assert.Equal(new(2, house.World.Countries.Count), await standings.StandAsync(framework, "XAB", new Place(2, 77), false, None));
        Assert.Equal(new(1, house.World.Countries.Count), await standings.StandAsync(framework, "XAB", new Place(3, 10), false, None));
        Assert.Null(await standings.StandAsync(framework, "XAB", null, false, None));
    }

    [Fact]
    public async Task Standings_AsRecorded_PassTheSetOver()
    {
        house.World.Put(Samples.Small("frameworks/lagging"));
        var framework = house.Services.GetRequiredService<FrameworkChoices>().Active("lagging")!;
        var standings = house.Services.GetRequiredService<Standings>();
        await Set.ReplaceAsync("lagging", 1, new Dictionary<string, double> { ["XAB"] = new Place(0, 1).Key });

        Assert.Equal(new(1, 1), await standings.StandAsync(framework, "XAB", new Place(2, 77), false, None));
        Assert.Equal(new(2, house.World.Countries.Count), await standings.StandAsync(framework, "XAB", new Place(2, 77), true, None));
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"After 30 s still not: {what}.");
            await Task.Yield();
        }
    }
}

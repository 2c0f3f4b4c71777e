using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Rankings;
using EarlyWarning.Scoring.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Scoring.Tests.Rankings;

public sealed class RankingSetTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    private RankingSet Set => house.Services.GetRequiredService<RankingSet>();

    [Fact]
    public void CountAbove_Set_LeavesTheCountryItselfOut()
    {
        Set.Put(
            "count",
            1,
            new Dictionary<string, double>
            {
                ["XAA"] = 50,
                ["XAB"] = 40,
                ["XAC"] = 40,
            }
        );

        Assert.Equal(new(1, 2, 40), Set.CountAbove("count", 1, "XAB", 40));
        Assert.Equal(new(0, 2, 50), Set.CountAbove("count", 1, "XAA", 45));
        Assert.Equal(new(1, 3, null), Set.CountAbove("count", 1, "XAD", 45));
        Assert.Null(Set.CountAbove("count", 2, "XAA", 45));
        Assert.Null(Set.CountAbove("other", 1, "XAA", 45));
    }

    [Fact]
    public void CountAbove_NobodyTendsIt_IsNoSetAnyLonger()
    {
        var time = new FakeTimeProvider();
        var set = new RankingSet(time);
        set.Put("tended", 1, new Dictionary<string, double> { ["XAA"] = 50 });

        time.Advance(RankingSet.Life);
        Assert.NotNull(set.CountAbove("tended", 1, "XAA", 0));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(set.CountAbove("tended", 1, "XAA", 0));
        set.Put("tended", 1, new Dictionary<string, double> { ["XAA"] = 50 });
        Assert.NotNull(set.CountAbove("tended", 1, "XAA", 0));
        set.Remove("tended");
        Assert.Null(set.CountAbove("tended", 1, "XAA", 0));
    }

    [Fact]
    public async Task Feed_RankingChanges_KeepsTheSet()
    {
        using var feed = new RankingFeed(
            house.Services.GetRequiredService<IGrainFactory>(),
            house.World,
            Set,
            TimeProvider.System,
            NullLogger<RankingFeed>.Instance
        );
        await feed.StartAsync(None);
        await Eventually.HoldsAsync(() => AboveAsync(4), "the set is there");

        house.World.See("XAF", "killings", 1);
        house.Ranking.Raise();
        await Eventually.HoldsAsync(() => AboveAsync(5), "the new country is in the set");
        await feed.StopAsync(None);

        Task<bool> AboveAsync(int count) => Task.FromResult(Set.CountAbove("small", 1, "XAB", 0)?.OthersAbove == count);
    }

    [Fact]
    public async Task Standings_WithoutASet_AskTheRanking()
    {
        house.World.Put(Samples.Small("frameworks/unfollowed"));
        var framework = house.Services.GetRequiredService<FrameworkResolver>().Active("unfollowed")!;
        var standings = house.Services.GetRequiredService<Standings>();

        Assert.Equal(
            new(2, house.World.Countries.Count),
            await standings.StandAsync(framework, "XAB", new RankKey(2, 77), [], false, None)
        );
        Assert.Equal(
            new(1, house.World.Countries.Count),
            await standings.StandAsync(framework, "XAB", new RankKey(3, 10), [], false, None)
        );
        Assert.Null(await standings.StandAsync(framework, "XAB", null, [], false, None));
    }

    [Fact]
    public async Task Standings_AsRecorded_PassTheSetOver()
    {
        house.World.Put(Samples.Small("frameworks/lagging"));
        var framework = house.Services.GetRequiredService<FrameworkResolver>().Active("lagging")!;
        var standings = house.Services.GetRequiredService<Standings>();
        Set.Put("lagging", 1, new Dictionary<string, double> { ["XAB"] = new RankKey(0, 1).Key });

        Assert.Equal(new(1, 1), await standings.StandAsync(framework, "XAB", new RankKey(2, 77), [], false, None));
        Assert.Equal(new(2, house.World.Countries.Count), await standings.StandAsync(framework, "XAB", new RankKey(2, 77), [], true, None));
    }
}

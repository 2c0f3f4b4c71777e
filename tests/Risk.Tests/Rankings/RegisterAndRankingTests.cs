using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.Rankings;

public sealed class RegisterAndRankingTests
{
    [Fact]
    public async Task Register_SameSequenceAgainOrOutOfOrder_KeepsTheNewest()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.RecordAsync(Breach("b1", 2));
        await cluster.RecordAsync(Breach("b1", 2));
        await cluster.RecordAsync(Breach("b1", 1));
        Assert.Equal(2, (await cluster.Register.GetAsync("breaches/b1"))!.Sequence);
        Assert.Equal([2], (await cluster.Register.ChangesAfterAsync(0, 10)).Items.Select(change => change.Item.Sequence));
    }

    [Fact]
    public async Task Register_ReaderWaits_GetsEachChangeOnceInOrder()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var start = (await cluster.Register.ListAsync(new(), null, 10)).Position;
        var waiting = cluster.Register.ChangesAfterAsync(start, 10);
        await cluster.RecordAsync(Breach("b1", 1));
        var first = await waiting;
        Assert.Equal("breaches/b1", Assert.Single(first.Items).Item.Name);
        await cluster.RecordAsync(Breach("b2", 1));
        await cluster.RecordAsync(Breach("b1", 2));
        var next = await cluster.Register.ChangesAfterAsync(first.Position, 10);
        Assert.Equal([("breaches/b2", 1L), ("breaches/b1", 2L)], next.Items.Select(change => (change.Item.Name, change.Item.Sequence)));
    }

    [Fact]
    public async Task Register_ActivatedAgain_HasEverything()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.RecordAsync(Breach("b1", 1));
        await cluster.DeactivateAsync();
        Assert.Equal(
            "breaches/b1",
            Assert.Single((await cluster.Register.ListAsync(new() { Countries = { "XAA" } }, null, 10)).Items).Name
        );
        Assert.Empty((await cluster.Register.ListAsync(new() { Countries = { "XAB" } }, null, 10)).Items);
    }

    [Fact]
    public async Task ChangesAfter_SuiteStops_HoldsNobodyOn()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var breaches = cluster.Register.ChangesAfterAsync((await cluster.Register.ListAsync(new(), null, 10)).Position, 10);
        var risks = cluster.Ranking.ChangesAfterAsync(default, []);

        cluster.AnnounceStop();

        // Well within what either waits for a change otherwise.
        await Task.WhenAll(breaches, risks).WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        Assert.Empty((await breaches).Items);
        Assert.Empty((await risks).Risks);
    }

    [Fact]
    public async Task Ranking_OfTwoCountries_IsHighestFirstAndTellsChanges()
    {
        await using var cluster = await RiskCluster.StartAsync(new FakeCatalogue().Put(Samples.Small()));
        await cluster.Of("XAA").RecordAsync(new([Samples.Observation("killings", 10, Samples.Start, "a")], false));
        await cluster.Of("XAB").RecordAsync(new([Samples.Observation("killings", 20, Samples.Start, "b")], false));
        var present = await cluster.Ranking.ChangesAfterAsync(default, []);
        Assert.Equal(["XAB", "XAA"], (await cluster.Ranking.RankAsync([])).Risks.Select(risk => risk.Country));

        await cluster.Of("XAA").RecordAsync(new([Samples.Observation("killings", 30, Samples.Start.AddDays(1), "c")], false));
        var version = present.Version;
        V1.CountryRisk? changed = null;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (changed is null)
        {
            Assert.False(patience.IsCancellationRequested, $"Within 60 s no watch was told of XAA at 30; it was told until {version}.");
            var changes = await cluster.Ranking.ChangesAfterAsync(version, []);
            version = changes.Version;
            changed = changes.Risks.FirstOrDefault(risk => risk.Country == "XAA" && risk.Score == Samples.OneOfViolence(30));
        }

        Assert.Equal(1, changed.Rank);
        Assert.Empty(changed.Nodes);
    }

    [Fact]
    public async Task Rank_RightAfterEachAcknowledgement_HasTheCountryAsItWasAcknowledged()
    {
        await using var cluster = await RiskCluster.StartAsync(
            new FakeCatalogue().Put(Samples.Small()),
            reportEvery: TimeSpan.FromHours(1)
        );
        Assert.Empty((await cluster.Ranking.RankAsync([])).Risks);
        foreach (var (value, day) in new[] { (10, 0), (30, 1), (5, 2), (25, 3) })
        {
            foreach (var country in new[] { "XAA", "XAB" })
            {
                await cluster
                    .Of(country)
                    .RecordAsync(new([Samples.Observation("killings", value, Samples.Start.AddDays(day), $"{country}{day}")], false));

                var ranked = await cluster.Ranking.RankAsync([]);
                Assert.Equal(Samples.OneOfViolence(value), ranked.Risks.Single(risk => risk.Country == country).Score);
                Assert.Empty(ranked.Unreached);
            }
        }

        Assert.Equal(["XAA", "XAB"], await cluster.Grains.GetGrain<ICountryRegisterGrain>(0).ListAsync());
    }

    private static V1.Breach Breach(string id, long sequence) =>
        new()
        {
            Name = $"breaches/{id}",
            Country = "XAA",
            Sequence = sequence,
            FireTime = Timestamp.FromDateTimeOffset(Samples.Start),
            Threshold = Samples.Above(1),
        };
}

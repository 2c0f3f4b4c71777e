using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Queries;

public sealed class CountryQueriesTests
{
    [Fact]
    public async Task Queries_OfThePast_AnswerWhatWasKnownAndValidThen()
    {
        await using var cluster = await RiskCluster.StartAsync(new FakeCatalogue().Put(Samples.Small()));
        var year = new DateTimeOffset(2010, 12, 31, 0, 0, 0, TimeSpan.Zero);
        var known = Samples.Observation("killings", 80, year, "old");
        known.KnownAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(year.AddDays(30));
        await cluster.Country.RecordAsync(new([known, Samples.Observation("killings", 60, year.AddYears(1), "later")], true));

        Assert.Equal(Samples.OneOfViolence(80), (await cluster.Country.GetRiskAsync(new(Samples.Framework, At: year)))!.Score);
        Assert.Equal(Samples.OneOfViolence(60), (await cluster.Country.GetRiskAsync(new(Samples.Framework, At: year.AddYears(2))))!.Score);
        Assert.False((await cluster.Country.GetRiskAsync(new(Samples.Framework, AsOf: year.AddDays(29))))!.HasScore);
        Assert.Equal(
            Samples.OneOfViolence(80),
            (await cluster.Country.GetRiskAsync(new(Samples.Framework, AsOf: year.AddDays(31))))!.Score
        );
        Assert.Equal(Samples.OneOfViolence(60), (await cluster.Country.GetRiskAsync(new(Samples.Framework)))!.Score);

        var listed = await cluster.Country.ListObservationsAsync(new(new() { Country = "XAA" }, 0, 10));
        Assert.Equal(["later", "old"], listed.Select(observation => observation.ObservationId));
        Assert.All(listed, observation => Assert.True(observation.Backfill && observation.Current));
    }

    [Fact]
    public async Task History_AfterChanges_ListsThemNewestFirst()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(10, "a");
        await cluster.ObserveAsync(20, "b");
        await cluster.ObserveAsync(30, "c");
        var changes = await cluster.Country.HistoryAsync(Samples.Framework, null, null, 0, 2);
        Assert.Equal([30, 20], changes.Select(change => change.Score));
    }

    [Fact]
    public async Task Explain_AfterARise_SumsToTheScoreAndSaysWhatMoved()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(10, "a");
        var since = DateTimeOffset.UtcNow;
        await cluster.ObserveAsync(50, "b");
        var explanation = await cluster.Country.ExplainAsync(new(Samples.Framework, Since: since));
        Assert.Equal(50, explanation!.Baseline + explanation.Contributions.Sum(contribution => contribution.Amount), 9);
        Assert.Equal(40, explanation.Movements.Sum(movement => movement.Amount), 9);
        Assert.All(explanation.Contributions, contribution =>
            Assert.StartsWith("b-", contribution.ObservationId, StringComparison.Ordinal)
        );
    }
}

using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Countries;

public sealed class OpeningTests
{
    [Fact]
    public async Task Open_CatalogueArrivesWhileFolding_ScoresUnderIt()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(40, "first");
        var before = await cluster.Country.GetRiskAsync(new RiskQuery(Samples.Framework));
        await cluster.DeactivateAsync();
        cluster.Catalogue.ArriveInTheMiddle();

        var after = await cluster.Country.GetRiskAsync(new RiskQuery(Samples.Framework));

        Assert.NotNull(after);
        Assert.Equal(before!.Score, after.Score);
    }
}

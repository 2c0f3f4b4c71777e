using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Risk.Tests.Api;

/// <summary>What is asked of some countries is answered from those alone.</summary>
public sealed class SomeCountriesTests
{
    [Fact]
    public async Task RankCountries_OfSome_AsksCountsAndRanksThemAmongThemselves()
    {
        await using var cluster = await RiskCluster.StartAsync();
        foreach (var (country, value) in new[] { ("XAA", 10), ("XAB", 90), ("XAC", 50) })
        {
            await cluster.Of(country).RecordAsync(new([Samples.Observation("killings", value, Samples.Start, country)], false));
        }

        var request = new V1.RankCountriesRequest
        {
            Parent = "frameworks/small",
            Countries = { "XAC", "XAA", "XAD" },
            PageSize = 1,
        };
        var first = await RiskApiTests.Api(cluster).RankCountries(request.Clone(), new FakeCall());
        var second = await RiskApiTests.Api(cluster).RankCountries(new(request) { PageToken = first.NextPageToken }, new FakeCall());

        Assert.Equal([("XAC", 1), ("XAA", 2)], first.Risks.Concat(second.Risks).Select(risk => (risk.Country, risk.Rank)));
        Assert.Equal((2, 0, ""), (first.RankedCount, first.InsufficientCount, second.NextPageToken));
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            RiskApiTests
                .Api(cluster)
                .RankCountries(
                    new(request)
                    {
                        MinimumRevisions =
                        {
                            new V1.CountryRevision { Country = "XAB", Revision = 1_000 },
                        },
                    },
                    new FakeCall()
                )
        );
        Assert.Equal("INVALID_FIELD", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task WatchCountryRisks_OfSome_RanksThemAmongThemselvesAndAsksNobodyElse()
    {
        await using var cluster = await RiskCluster.StartAsync(reportEvery: TimeSpan.FromHours(1));
        foreach (var (country, value) in new[] { ("XAA", 10), ("XAB", 90), ("XAC", 50) })
        {
            await cluster.Of(country).RecordAsync(new([Samples.Observation("killings", value, Samples.Start, country)], false));
        }

        var some = await cluster.Ranking.ChangesAfterAsync(default, ["XAA", "XAC", "XAD"]);
        Assert.Equal([("XAC", 1), ("XAA", 2)], some.Risks.Select(risk => (risk.Country, risk.Rank)));

        // Each country that was asked is a step of the version.
        Assert.Equal(2, some.Version.Sequence);
        Assert.Equal(
            [("XAC", 1), ("XAA", 2)],
            (await cluster.Ranking.RankAsync(["XAA", "XAC"])).Risks.Select(risk => (risk.Country, risk.Rank))
        );
        var all = await cluster.Ranking.ChangesAfterAsync(default, []);
        Assert.Equal([("XAB", 1), ("XAC", 2), ("XAA", 3)], all.Risks.Select(risk => (risk.Country, risk.Rank)));
    }

    [Fact]
    public async Task ListCountries_OfSome_ListsThoseAlone()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var page = await RiskApiTests.Api(cluster).ListCountries(new() { Countries = { "XAC", "XAA", "XAC" } }, new FakeCall());
        Assert.Equal(["XAA", "XAC"], page.Countries.Select(country => country.Code));
        Assert.Equal("", page.NextPageToken);
    }
}

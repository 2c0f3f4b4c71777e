using EarlyWarning.Risk.Api;
using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Paging;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Risk.Tests.Api;

public sealed class BreachApiTests
{
    [Fact]
    public async Task ListBreaches_MoreThanAMessageHolds_GoOnToTheNextPage()
    {
        await using var cluster = await RiskCluster.StartAsync();
        for (var n = 0; n < 9; n++)
        {
            await cluster.RecordAsync(
                new V1.Breach
                {
                    Name = $"breaches/b{n}",
                    Country = "XAA",
                    Sequence = 1,
                    FireTime = new(),
                    Threshold = Samples.Above(1),
                    Sentence = new string('s', 500_000),
                }
            );
        }

        var first = await Api(cluster).ListBreaches(new() { PageSize = 500 }, new FakeCall());
        var second = await Api(cluster).ListBreaches(new() { PageSize = 500, PageToken = first.NextPageToken }, new FakeCall());

        Assert.InRange(first.CalculateSize(), 1, 4 << 20);
        Assert.Equal(9, first.Breaches.Concat(second.Breaches).Select(breach => breach.Name).Distinct().Count());
        Assert.Equal("", second.NextPageToken);
    }

    [Fact]
    public async Task ListBreaches_OfSomeCountries_CountsAndPagesAmongThemAlone()
    {
        await using var cluster = await RiskCluster.StartAsync();
        foreach (
            var (name, country, fired) in new[] { ("a", "XAA", 1), ("b", "XAB", 2), ("c", "XAC", 3), ("d", "XAA", 4), ("e", "XAB", 5) }
        )
        {
            await cluster.RecordAsync(
                new V1.Breach
                {
                    Name = $"breaches/{name}",
                    Country = country,
                    Sequence = 1,
                    FireTime = new() { Seconds = fired },
                    Threshold = Samples.Above(1),
                }
            );
        }

        var first = await Api(cluster).ListBreaches(new() { Countries = { "XAC", "XAA", "XAC" }, PageSize = 2 }, new FakeCall());
        var second = await Api(cluster)
            .ListBreaches(
                new()
                {
                    Countries = { "XAA", "XAC" },
                    PageSize = 2,
                    PageToken = first.NextPageToken,
                },
                new FakeCall()
            );

        Assert.Equal(["breaches/d", "breaches/c", "breaches/a"], first.Breaches.Concat(second.Breaches).Select(breach => breach.Name));
        Assert.Equal((3, 3, ""), (first.TotalSize, second.TotalSize, second.NextPageToken));
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            Api(cluster).ListBreaches(new() { Countries = { "XAA" }, PageToken = first.NextPageToken }, new FakeCall())
        );
        Assert.Equal("INVALID_TOKEN", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    public async Task ListBreaches_OfOneOrManyCountries_ReadsThemByTheirIndex(int countries)
    {
        await using var cluster = await RiskCluster.StartAsync();
        V1.ListBreachesRequest request = new() { Countries = { Enumerable.Repeat("XAA", countries) } };
        foreach (
            var statement in new[] { BreachRegisterGrain.Counted(request), BreachRegisterGrain.Page(request, new(5, "breaches/a"), 51) }
        )
        {
            var plan = await cluster.Journals.Store.ReadAsync(
                new($"explain query plan {statement.Sql}", statement.Values),
                row => row.GetString(3),
                default
            );
            Assert.Contains(plan, line => line.Contains("risk_breach_country (country=?", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task GetBreach_Unknown_IsNotFound()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => Api(cluster).GetBreach(new() { Name = "breaches/none" }, new FakeCall()));
        Assert.Equal("NOT_FOUND", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Theory]
    [InlineData("Kenya", "", 0, "UNKNOWN_COUNTRY")]
    [InlineData("", "thresholds/none", 0, "NOT_FOUND")]
    [InlineData("", "none", 0, "INVALID_FIELD")]
    [InlineData("", "", 99, "INVALID_FIELD")]
    public async Task ListBreaches_ByWhatIsNotThere_IsRefusedInsteadOfEmpty(string country, string threshold, int state, string reason)
    {
        await using var cluster = await RiskCluster.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            Api(cluster)
                .ListBreaches(
                    new()
                    {
                        Countries = { country.Length > 0 ? [country] : Array.Empty<string>() },
                        Threshold = threshold,
                        State = (V1.Breach.Types.State)state,
                    },
                    new FakeCall()
                )
        );
        Assert.Equal(reason, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task ListBreaches_OfARetiredThreshold_IsAnswered()
    {
        await using var cluster = await RiskCluster.StartAsync();
        cluster.Catalogue.Retire("alarm");
        Assert.Empty((await Api(cluster).ListBreaches(new() { Threshold = "thresholds/alarm" }, new FakeCall())).Breaches);
    }

    internal static readonly PageTokens Tokens = new(() => ("TESTSUIT", "secret"));

    internal static BreachApi Api(RiskCluster cluster) =>
        new(cluster.Grains, cluster.Catalogue, Tokens, new(true, ""), TimeProvider.System, new RiskApiTests.Lifetime());
}

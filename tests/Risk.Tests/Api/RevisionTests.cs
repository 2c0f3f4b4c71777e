using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Risk.Tests.Api;

public sealed class RevisionTests
{
    [Fact]
    public async Task GetCountryRisk_RevisionNotReached_IsUnavailable()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var answer = await cluster.ObserveAsync(10, "a");
        var reached = await RiskApiTests
            .Api(cluster)
            .GetCountryRisk(new() { Name = "frameworks/small/risks/XAA", MinimumRevision = answer.Revision }, new FakeCall());
        Assert.Equal(10, reached.Risk.Score);
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            RiskApiTests
                .Api(cluster)
                .GetCountryRisk(
                    new() { Name = "frameworks/small/risks/XAA", MinimumRevision = answer.Revision + 1_000 },
                    new FakeCall(DateTime.UtcNow.AddMilliseconds(200))
                )
        );
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);

        // The journal goes on by itself after the answer, so what is reached may lie beyond it.
        Assert.Matches($"^XAA has reached revision [1-9][0-9]*, not yet {answer.Revision + 1_000};", error.Status.Detail);
    }

    [Fact]
    public async Task GetCountryRisk_RevisionReachedWhileItWaits_AnswersOfIt()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var first = await cluster.ObserveAsync(10, "a");
        var waiting = RiskApiTests
            .Api(cluster)
            .GetCountryRisk(new() { Name = "frameworks/small/risks/XAA", MinimumRevision = first.Revision + 1 }, new FakeCall());
        await cluster.ObserveAsync(30, "b");
        Assert.Equal(30, (await waiting).Risk.Score);
    }

    [Fact]
    public async Task MinimumRevision_OfHistoryAndExplanation_IsWaitedFor()
    {
        await using var cluster = await RiskCluster.StartAsync();
        const string name = "frameworks/small/risks/XAA";
        var first = await cluster.ObserveAsync(10, "a");
        var history = RiskApiTests
            .Api(cluster)
            .ListRiskHistory(new() { Name = name, MinimumRevision = first.Revision + 1 }, new FakeCall());
        var explained = RiskApiTests
            .Api(cluster)
            .ExplainCountryRisk(new() { Name = name, MinimumRevision = first.Revision + 1 }, new FakeCall());
        await cluster.ObserveAsync(30, "b");
        Assert.Equal((30, cluster.Catalogue.Current.Revision), ((await history).Changes[0].Score, (await history).CatalogueRevision));
        Assert.Equal(30, (await explained).Risk.Score);

        var late = new FakeCall(DateTime.UtcNow.AddMilliseconds(200));
        foreach (
            var call in new Func<Task>[]
            {
                () => RiskApiTests.Api(cluster).ListRiskHistory(new() { Name = name, MinimumRevision = 1_000 }, late),
                () => RiskApiTests.Api(cluster).ExplainCountryRisk(new() { Name = name, MinimumRevision = 1_000 }, late),
            }
        )
        {
            var error = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal("REVISION_NOT_REACHED", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        }
    }

    [Fact]
    public async Task RankCountries_CountryNamedTwice_WaitsForTheHigherRevision()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var first = await cluster.ObserveAsync(10, "a");
        var waiting = RiskApiTests
            .Api(cluster)
            .RankCountries(
                new()
                {
                    Parent = "frameworks/small",
                    MinimumRevisions =
                    {
                        new V1.CountryRevision { Country = "XAA", Revision = first.Revision + 1 },
                        new V1.CountryRevision { Country = "XAA", Revision = first.Revision },
                    },
                },
                new FakeCall()
            );
        await cluster.ObserveAsync(30, "b");
        Assert.Equal(30, Assert.Single((await waiting).Risks).Score);
    }

    [Fact]
    public async Task GetCountryRisk_RevisionNotReachedOfAPast_ReadsTheJournalNotOnce()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var answer = await cluster.ObserveAsync(10, "a");
        var reads = cluster.Journals.Reads("risk/");
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            RiskApiTests
                .Api(cluster)
                .GetCountryRisk(
                    new()
                    {
                        Name = "frameworks/small/risks/XAA",
                        MinimumRevision = answer.Revision + 1_000,
                        AsOf = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow),
                    },
                    new FakeCall(DateTime.UtcNow.AddMilliseconds(300))
                )
        );
        Assert.Equal("REVISION_NOT_REACHED", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal(reads, cluster.Journals.Reads("risk/"));
    }

    [Theory]
    [InlineData("XAA", StatusCode.Unavailable, "REVISION_NOT_REACHED")]
    [InlineData("FRA", StatusCode.InvalidArgument, "UNKNOWN_COUNTRY")]
    public async Task RankCountries_RevisionThatACountryHasNot_SaysSo(string country, StatusCode code, string reason)
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(10, "a");

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            RiskApiTests
                .Api(cluster)
                .RankCountries(
                    new()
                    {
                        Parent = "frameworks/small",
                        MinimumRevisions =
                        {
                            new V1.CountryRevision { Country = country, Revision = 1_000 },
                        },
                    },
                    new FakeCall(DateTime.UtcNow.AddMilliseconds(200))
                )
        );

        Assert.Equal((code, reason), (error.StatusCode, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
    }
}

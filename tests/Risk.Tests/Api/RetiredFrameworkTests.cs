using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Risk.Tests.Api;

public sealed class RetiredFrameworkTests
{
    [Fact]
    public async Task GetCountryRisk_OfARetiredFramework_IsAnsweredAsKnownBeforeAndRefusedSince()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(10, "a");
        var before = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow);
        cluster.Catalogue.RetireFramework(Samples.Framework, before.ToDateTimeOffset().AddTicks(1));
        await cluster.Country.WakeAsync();
        var (name, parent) = ("frameworks/small/risks/XAA", "frameworks/small");

        Assert.Equal(10, (await RiskApiTests.Api(cluster).GetCountryRisk(new() { Name = name, AsOf = before }, new FakeCall())).Risk.Score);
        Assert.Equal(
            10,
            Assert
                .Single((await RiskApiTests.Api(cluster).RankCountries(new() { Parent = parent, AsOf = before }, new FakeCall())).Risks)
                .Score
        );
        Assert.Equal(
            10,
            (await RiskApiTests.Api(cluster).ExplainCountryRisk(new() { Name = name, AsOf = before }, new FakeCall())).Risk.Score
        );
        Assert.NotEmpty((await RiskApiTests.Api(cluster).ListRiskHistory(new() { Name = name }, new FakeCall())).Changes);

        var since = Timestamp.FromDateTimeOffset(before.ToDateTimeOffset().AddTicks(1));
        await RetiredAsync(() => RiskApiTests.Api(cluster).GetCountryRisk(new() { Name = name }, new FakeCall()));
        await RetiredAsync(() => RiskApiTests.Api(cluster).GetCountryRisk(new() { Name = name, At = before }, new FakeCall()));
        await RetiredAsync(() => RiskApiTests.Api(cluster).GetCountryRisk(new() { Name = name, AsOf = since }, new FakeCall()));
        await RetiredAsync(() => RiskApiTests.Api(cluster).RankCountries(new() { Parent = parent }, new FakeCall()));
        await RetiredAsync(() => RiskApiTests.Api(cluster).ExplainCountryRisk(new() { Name = name }, new FakeCall()));
        await RetiredAsync(() =>
            RiskApiTests
                .Api(cluster)
                .WatchCountryRisks(new() { Parent = parent }, new FakeWriter<V1.WatchCountryRisksResponse>(), new FakeCall())
        );
    }

    [Fact]
    public async Task WatchCountryRisks_FrameworkIsRetiredMeanwhile_EndsByNameInsteadOfFallingSilent()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(10, "a");
        var stream = new FakeWriter<V1.WatchCountryRisksResponse>();
        var watch = RiskApiTests.Api(cluster).WatchCountryRisks(new() { Parent = "frameworks/small" }, stream, new FakeCall());
        await Eventually.HoldsAsync(() => stream.Written.Count > 0, "the watch stands");

        cluster.Catalogue.RetireFramework(Samples.Framework);

        await RetiredAsync(() => watch);
    }

    private static async Task RetiredAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((StatusCode.FailedPrecondition, "RETIRED"), (error.StatusCode, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
    }
}

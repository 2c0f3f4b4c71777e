using EarlyWarning.Risk.Api;
using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Risk.Tests.Api;

public sealed class RiskApiTests
{
    [Theory]
    [InlineData("frameworks/small/risks/XAB/more", StatusCode.InvalidArgument, "INVALID_FIELD")]
    [InlineData("frameworks/other/risks/XAA", StatusCode.NotFound, "NOT_FOUND")]
    [InlineData("frameworks/small/risks/FRA", StatusCode.NotFound, "NOT_FOUND")]
    public async Task GetCountryRisk_WrongName_SaysSo(string name, StatusCode code, string reason)
    {
        await using var cluster = await RiskCluster.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => Api(cluster).GetCountryRisk(new() { Name = name }, new FakeCall()));
        Assert.Equal((code, reason), (error.StatusCode, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
    }

    [Fact]
    public async Task GetCountryRisk_NothingRecorded_HasNoScoreAndNoCoverage()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var risk = (await Api(cluster).GetCountryRisk(new() { Name = "frameworks/small/risks/XAB" }, new FakeCall())).Risk;
        Assert.Equal(V1.DataState.Insufficient, risk.State);
        Assert.False(risk.HasScore || risk.HasRank || risk.HasLevelOrder || risk.HasUnknownErrorShare);
        Assert.Equal(("", "", ""), (risk.Level, risk.LevelAtLeast, risk.DecidingNode));
        Assert.Equal(0, risk.Coverage);
        Assert.Equal(["state", "violence"], risk.Missing.Select(part => part.Code).Order());
        Assert.Empty(cluster.Journals.Entries("risk/XAB"));
    }

    [Fact]
    public async Task RankCountries_AtAPastYear_RanksWhatHeldThen()
    {
        await using var cluster = await RiskCluster.StartAsync(new FakeCatalogue().Put(Samples.Small()));
        var year = new DateTimeOffset(2015, 6, 1, 0, 0, 0, TimeSpan.Zero);
        await cluster
            .Of("XAA")
            .RecordAsync(
                new([Samples.Observation("killings", 70, year, "a"), Samples.Observation("killings", 5, year.AddYears(5), "b")], true)
            );
        await cluster.Of("XAB").RecordAsync(new([Samples.Observation("killings", 50, year, "c")], true));
        var page = await Api(cluster)
            .RankCountries(
                new()
                {
                    Parent = "frameworks/small",
                    At = Timestamp.FromDateTimeOffset(year),
                    PageSize = 1,
                },
                new FakeCall()
            );
        Assert.Equal(("XAA", Samples.OneOfViolence(70), 1), (page.Risks[0].Country, page.Risks[0].Score, page.Risks[0].Rank));
        var next = await Api(cluster)
            .RankCountries(
                new()
                {
                    Parent = "frameworks/small",
                    At = Timestamp.FromDateTimeOffset(year),
                    PageSize = 1,
                    PageToken = page.NextPageToken,
                },
                new FakeCall()
            );
        Assert.Equal(("XAB", 2, ""), (next.Risks[0].Country, next.Risks[0].Rank, next.NextPageToken));
    }

    [Fact]
    public async Task RankCountries_BesideGetExplainAndWatch_SayTheSameOfACountry()
    {
        await using var cluster = await RiskCluster.StartAsync(new FakeCatalogue().Put(Samples.Levelled()));
        var now = DateTimeOffset.UtcNow.AddMinutes(-1);
        await cluster
            .Of("XAA")
            .RecordAsync(new([Unsure("killings", 70, now), Unsure("threats", 70, now), Unsure("courts", 20, now)], false));
        await cluster.Of("XAB").RecordAsync(new([Unsure("killings", 90, now), Unsure("threats", 90, now)], false));

        var page = await Api(cluster).RankCountries(new() { Parent = "frameworks/small" }, new FakeCall());
        Assert.Equal((1, 1), (page.RankedCount, page.InsufficientCount));
        var ranked = Assert.Single(page.Risks);
        var apart = Assert.Single(page.Insufficient);
        Assert.Equal(("XAB", "high", "violence", false), (apart.Country, apart.LevelAtLeast, apart.DecidingNode, apart.HasRank));
        Assert.Equal(["state"], apart.Missing.Select(part => part.Code));

        var shown = (await Api(cluster).GetCountryRisk(new() { Name = "frameworks/small/risks/XAA" }, new FakeCall())).Risk;
        var explained = (await Api(cluster).ExplainCountryRisk(new() { Name = "frameworks/small/risks/XAA" }, new FakeCall()));
        using var end = new CancellationTokenSource();
        var stream = new FakeWriter<V1.WatchCountryRisksResponse>();
        var watch = Api(cluster)
            .WatchCountryRisks(new() { Parent = "frameworks/small" }, stream, new FakeCall(cancellationToken: end.Token));
        await Eventually.HoldsAsync(
            () => stream.Written.Any(response => response.Risks.Any(risk => risk.Country == "XAA")),
            "the country is watched"
        );
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        var watched = stream.Written.SelectMany(response => response.Risks).Last(risk => risk.Country == "XAA");

        Assert.All([shown, explained.Risk, watched], risk =>
            Assert.Equal(
                (ranked.Score, ranked.Level, ranked.DecidingNode, ranked.Interval, ranked.UnknownErrorShare),
                (risk.Score, risk.Level, risk.DecidingNode, risk.Interval, risk.UnknownErrorShare)
            )
        );
        Assert.All([shown, explained.Risk, watched], risk => Assert.Equal(ranked.LevelProbabilities, risk.LevelProbabilities));
        Assert.Equal(("high", "violence"), (ranked.Level, ranked.DecidingNode));
        Assert.InRange(ranked.Score, ranked.Interval.Lower, ranked.Interval.Upper);
        Assert.Equal(
            shown.Score,
            explained.Baseline + explained.Contributions.Sum(part => part.Amount) + explained.FromMissing + explained.FromUncertainty,
            1e-9
        );
    }

    [Fact]
    public async Task WatchCountryRisks_FromTheStart_SendsThePresentThenChangesAndResumes()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(10, "a");
        using var end = new CancellationTokenSource();
        var stream = new FakeWriter<V1.WatchCountryRisksResponse>();
        var watch = Api(cluster)
            .WatchCountryRisks(new() { Parent = "frameworks/small" }, stream, new FakeCall(cancellationToken: end.Token));
        await Eventually.HoldsAsync(
            () => stream.Written.Any(response => response.Risks.Any(risk => risk.Score == 10)),
            "the present state is sent"
        );
        await cluster.ObserveAsync(20, "b");
        await Eventually.HoldsAsync(
            () => stream.Written.Any(response => response.Risks.Any(risk => risk.Score == 20)),
            "the change is sent"
        );
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            Api(cluster).WatchCountryRisks(new() { Parent = "frameworks/small", ResumeToken = "x" }, stream, new FakeCall())
        );
        Assert.Equal("INVALID_TOKEN", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task RankCountries_Answer_SaysHowManyAndAsOfWhichCatalogue()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var answer = await cluster.ObserveAsync(10, "a");

        var page = await Api(cluster)
            .RankCountries(
                new()
                {
                    Parent = "frameworks/small",
                    MinimumRevisions =
                    {
                        new V1.CountryRevision { Country = "XAA", Revision = answer.Revision },
                    },
                },
                new FakeCall()
            );

        Assert.Equal((1, cluster.Catalogue.Current.Revision), (page.RankedCount + page.InsufficientCount, page.CatalogueRevision));
        Assert.Empty(page.Unreached);
        Assert.InRange(Assert.Single(page.Risks.Concat(page.Insufficient)).Revision, answer.Revision, long.MaxValue);
    }

    private static V1.Observation Unsure(string indicator, double value, DateTimeOffset observed)
    {
        var observation = Samples.Observation(indicator, value, observed);
        observation.StandardError = 5;
        return observation;
    }

    internal static RiskApi Api(RiskCluster cluster, bool exercise = true) =>
        new(
            cluster.Grains,
            cluster.Catalogue,
            new PageTokens(() => ("TESTSUIT", "secret")),
            new Suite(exercise, ""),
            TimeProvider.System,
            new Lifetime()
        );

    internal sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => throw new NotSupportedException();
    }
}

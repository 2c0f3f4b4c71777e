using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Risk.Tests.Api;

public sealed class BreachWatchTests
{
    [Fact]
    public async Task WatchBreaches_FromAList_MissesNothingAndSendsEachChangeOnce()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var list = await BreachApiTests.Api(cluster).ListBreaches(new(), new FakeCall());
        await cluster.ObserveAsync(90, "a");
        await cluster.ObserveAsync(10, "b");
        using var end = new CancellationTokenSource();
        var stream = new FakeWriter<V1.WatchBreachesResponse>();
        var watch = BreachApiTests
            .Api(cluster)
            .WatchBreaches(new() { ResumeToken = list.ResumeToken }, stream, new FakeCall(cancellationToken: end.Token));
        await Eventually.HoldsAsync(() => stream.Written.Count == 2, "both changes are sent");
        Assert.Equal([1L, 2L], stream.Written.Select(response => response.Breach.Sequence));

        var resumed = new FakeWriter<V1.WatchBreachesResponse>();
        var again = BreachApiTests
            .Api(cluster)
            .WatchBreaches(new() { ResumeToken = stream.Written[0].ResumeToken }, resumed, new FakeCall(cancellationToken: end.Token));
        await Eventually.HoldsAsync(() => resumed.Written.Count == 1, "the second change is sent again");
        Assert.Equal(2, resumed.Written[0].Breach.Sequence);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again);

        var found = await BreachApiTests.Api(cluster).GetBreach(new() { Name = stream.Written[0].Breach.Name }, new FakeCall());
        Assert.Equal(V1.Breach.Types.State.Resolved, found.Breach.State);
    }

    [Fact]
    public async Task WatchBreaches_TokenOlderThanRetention_SaysToListAgain()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await Task.WhenAll(
            Enumerable
                .Range(1, BreachRows.Retention + 5)
                .Select(i =>
                    cluster.RecordAsync(
                        new V1.Breach
                        {
                            Name = "breaches/b1",
                            Country = "XAA",
                            Sequence = i,
                            FireTime = new(),
                            Threshold = Samples.Above(1),
                        }
                    )
                )
        );
        var call = new FakeCall();
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            BreachApiTests
                .Api(cluster)
                .WatchBreaches(
                    new() { ResumeToken = BreachApiTests.Tokens.Start(V1.WatchBreachesRequest.Descriptor, 2) },
                    new FakeWriter<V1.WatchBreachesResponse>(),
                    call
                )
        );
        Assert.Equal(
            (StatusCode.OutOfRange, "RESUME_TOKEN_EXPIRED"),
            (error.StatusCode, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason)
        );
        Assert.False(call.AnswerBegan);
    }

    [Fact]
    public async Task WatchBreaches_TokenAheadOfTheHead_IsRefusedInsteadOfWaiting()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            BreachApiTests
                .Api(cluster)
                .WatchBreaches(
                    new() { ResumeToken = BreachApiTests.Tokens.Start(V1.WatchBreachesRequest.Descriptor, 9) },
                    new FakeWriter<V1.WatchBreachesResponse>(),
                    new FakeCall()
                )
        );
        Assert.Equal("INVALID_TOKEN", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task WatchBreaches_TokenOfAnotherCallOrOfOtherCountries_IsRefused()
    {
        await using var cluster = await RiskCluster.StartAsync();
        foreach (
            var token in new[]
            {
                BreachApiTests.Tokens.Start(V1.WatchCasesRequest.Descriptor, 0),
                BreachApiTests.Tokens.Encode(new V1.WatchBreachesRequest { Countries = { "XAB" } }, 0),
            }
        )
        {
            var error = await Assert.ThrowsAsync<RpcException>(() =>
                BreachApiTests
                    .Api(cluster)
                    .WatchBreaches(
                        new() { ResumeToken = token, Countries = { "XAA" } },
                        new FakeWriter<V1.WatchBreachesResponse>(),
                        new FakeCall()
                    )
            );
            Assert.Equal("INVALID_TOKEN", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        }
    }

    [Fact]
    public async Task WatchBreaches_UnknownCountry_IsRefusedInsteadOfWaiting()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            BreachApiTests
                .Api(cluster)
                .WatchBreaches(new() { Countries = { "XAA", "Kenya" } }, new FakeWriter<V1.WatchBreachesResponse>(), new FakeCall())
        );
        Assert.Equal("countries[1]", error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations[0].Field);
    }
}

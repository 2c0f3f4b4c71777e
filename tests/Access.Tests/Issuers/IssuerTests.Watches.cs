using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Access.Tests.Issuers;

/// <content>Watches end with what let them in.</content>
public sealed partial class IssuerTests
{
    [Fact]
    public async Task Watch_OfACallerWhoseRolesChange_EndsAndNoOther()
    {
        await StartAsync();
        using var leaving = await WatchAsync(await _issuer.TokenAsync());
        (_issuer.Subject, _issuer.Claims["preferred_username"], _issuer.Groups) = ("staying", "staying", ["night"]);
        using var staying = await WatchAsync(await _issuer.TokenAsync());

        Write(Rules("desk", "partner") + Grant("night", "reviewer"));

        var error = await Assert.ThrowsAsync<RpcException>(() => leaving.ResponseStream.MoveNext(Cancel));
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        Assert.Contains("given other roles", error.Status.Detail, StringComparison.Ordinal);
        var going = staying.ResponseStream.MoveNext(Cancel);
        Assert.False(going.IsCompleted);
        File.Delete(_folder.In("access.yaml"));
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => going)).StatusCode);
        Assert.Contains("is gone", _file.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_EndsWhenItsTokenExpires()
    {
        await StartAsync(_time);
        using var watch = await WatchAsync(
            Forged.Token(_issuer, payload => payload["exp"] = _time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds())
        );
        var next = watch.ResponseStream.MoveNext(Cancel);

        _time.Advance(TimeSpan.FromSeconds(298));
        await CallAsync(await _issuer.TokenAsync());
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => next)).StatusCode);
    }

    private async Task<AsyncServerStreamingCall<WatchCountryRisksResponse>> WatchAsync(string token)
    {
        var watch = new RiskService.RiskServiceClient(_channel).WatchCountryRisks(
            s_watch,
            new Metadata { { "authorization", $"Bearer {token}" } },
            cancellationToken: Cancel
        );
        Assert.True(await watch.ResponseStream.MoveNext(Cancel));
        return watch;
    }
}

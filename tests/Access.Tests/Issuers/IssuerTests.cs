using System.Net;
using System.Net.Http.Headers;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Access.Tests.Issuers;

/// <summary>
/// A running server and a running issuer: rollover, outages, rules that change, tokens that expire while something is open.
/// </summary>
public sealed partial class IssuerTests : IAsyncLifetime
{
    private static readonly WatchCountryRisksRequest s_watch = new() { Parent = "frameworks/small", ResumeToken = SmallServer.Staying };
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly TemporaryFolder _folder = new();
    private readonly TestIssuer _issuer = new();
    private readonly SmallServer _server = new();
    private AccessFile _file = null!;
    private GrpcChannel _channel = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _issuer.StartAsync();
        _issuer.Claims["preferred_username"] = "amina";
        _issuer.Groups = ["desk"];
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Token_OfAGroupWithAGrant_IsLetInAndOneOfAnotherGroupIsToldThatItHasNoRole()
    {
        await StartAsync();

        await CallAsync(await _issuer.TokenAsync());
        _issuer.Groups = ["others"];
        var error = await RefusedAsync(await _issuer.TokenAsync(), StatusCode.PermissionDenied);

        Assert.Contains("the caller has no role", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithoutAToken_IsRefusedThoughThereIsNoFileOfKeys()
    {
        await StartAsync();

        await Assert.ThrowsAsync<RpcException>(() => CallAsync("ew_0123"));
        var (code, _, answer) = await _server.SendAsync("GET", "/v1/observations?country=KEN");

        using (answer)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, code);
        }
    }

    [Fact]
    public async Task Issuer_ThatSignsByAnotherKey_IsFollowed()
    {
        await StartAsync();
        var old = await _issuer.TokenAsync();
        await CallAsync(old);
        _issuer.Roll();
        _time.Advance(TimeSpan.FromSeconds(11));

        await CallAsync(await _issuer.TokenAsync());

        Assert.Contains("does not publish", (await RefusedAsync(old, StatusCode.Unauthenticated)).Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issuer_OfManyTokensWithMadeUpKeys_IsAskedOnceInTenSeconds()
    {
        await StartAsync();
        await CallAsync(await _issuer.TokenAsync());
        var before = _issuer.Asked;
        _time.Advance(TimeSpan.FromSeconds(11));

        foreach (var _ in Enumerable.Range(0, 20))
        {
            await RefusedAsync(Forged.Token(_issuer, key: TestIssuer.OtherKey()), StatusCode.Unauthenticated);
        }

        Assert.Equal(before + 1, _issuer.Asked);
    }

    [Fact]
    public async Task Issuer_ThatWasNeverReached_IsUnavailableUntilItIs()
    {
        var token = await _issuer.TokenAsync();
        await _issuer.StopAsync();
        await StartAsync();

        var error = await RefusedAsync(token, StatusCode.Unavailable);
        _server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var (code, _, answer) = await _server.SendAsync("GET", "/v1/observations?country=KEN");
        using (answer)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
            Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(Fault.NameOf(ErrorReason.IssuerUnavailable), error.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
        Assert.Contains($"The issuer {_issuer.Url} cannot be reached", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains(_file.Issuers, issuer => issuer is { HasKeys: false, Problem.Length: > 0 });
        await _issuer.StartAsync();
        _time.Advance(TimeSpan.FromSeconds(11));
        await CallAsync(token);
        Assert.Contains(_file.Issuers, issuer => issuer is { HasKeys: true, Problem: "" });
    }

    [Fact]
    public async Task Issuer_ThatIsAwayLater_IsNotNeededForKeysThatWereRead()
    {
        await StartAsync();
        var token = await _issuer.TokenAsync();
        await CallAsync(token);
        await _issuer.StopAsync();
        _time.Advance(TimeSpan.FromMinutes(11));
        _file.Look();
        await Eventually.HoldsAsync(() => _file.Issuers[0].Problem.Length > 0, "the outage is seen");

        await CallAsync(token);

        var unknown = await RefusedAsync(Forged.Token(_issuer, key: TestIssuer.OtherKey()), StatusCode.Unauthenticated);
        Assert.Contains("It cannot be reached now", unknown.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_WithAFault_LeaveTheLastOnesInForce()
    {
        await StartAsync();

        Write("issuers: [{ issuer: x }]");

        await Eventually.HoldsAsync(() => _file.Problem.Length > 0, "the fault is seen");
        Assert.Contains("'audience' is missing", _file.Problem, StringComparison.Ordinal);
        await CallAsync(await _issuer.TokenAsync());
        Write(Rules("desk"));
        await Eventually.HoldsAsync(() => _file.Problem.Length == 0, "the rules are taken");
    }

    [Fact]
    public async Task Rules_ThatComeWhileTheSuiteIsOpen_CloseIt()
    {
        _file = new(_folder.In("access.yaml"), _time);
        await _server.StartAsync(keys: null, rules: _file);
        _channel = GrpcChannel.ForAddress(_server.Grpc);
        using var open = new RiskService.RiskServiceClient(_channel).WatchCountryRisks(s_watch, cancellationToken: Cancel);
        await open.ResponseStream.MoveNext(Cancel);

        Write(Rules("desk"));

        Assert.Equal(
            StatusCode.Unauthenticated,
            (await Assert.ThrowsAsync<RpcException>(() => open.ResponseStream.MoveNext(Cancel))).StatusCode
        );
        await CallAsync(await _issuer.TokenAsync());
    }

    private static string Grant(string group, string role) =>
        $$"""
              - match: { issuer: ISSUER, claim: groups, value: {{group}} }
                roles: [{ role: {{role}} }]

            """;

    private string Rules(string group, params ReadOnlySpan<string> roles) =>
        $"issuers: [{{ issuer: {_issuer.Url}/, audience: {TestIssuer.Audience} }}]\ngrants:\n"
        + string.Concat((roles.Length == 0 ? ["partner", "reviewer"] : roles.ToArray()).Select(role => Grant(group, role)));

    private void Write(string rules) => _folder.Write("access.yaml", rules.Replace("ISSUER", _issuer.Url, StringComparison.Ordinal));

    private async Task StartAsync(TimeProvider? time = null)
    {
        Write(Rules("desk") + Grant("night", "reviewer"));
        _file = new(_folder.In("access.yaml"), _time);
        await _server.StartAsync(keys: null, rules: _file, time: time);
        _channel = GrpcChannel.ForAddress(_server.Grpc);
    }

    private async Task<RpcException> RefusedAsync(string token, StatusCode code)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => CallAsync(token));
        Assert.True(error.StatusCode == code, error.ToString());
        return error;
    }

    private async Task CallAsync(string token) =>
        await new ObservationService.ObservationServiceClient(_channel).RecordObservationAsync(
            new() { Observation = new() },
            new Metadata { { "authorization", $"Bearer {token}" } },
            cancellationToken: Cancel
        );
}

using System.Net;
using System.Net.WebSockets;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Sessions;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Pages;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Access.Tests.Sessions;

/// <summary>People sign in with their browsers by an issuer, and what the session that they get is good for.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private static readonly AccessRule s_access = new() { Permission = Permission.WarningRead, Concern = Concern.World };
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly TemporaryFolder _folder = new();
    private readonly TestIssuer _issuer = new();
    private readonly SmallServer _server = new();
    private readonly CookieContainer _cookies = new();
    private HttpClient _browser = null!;
    private AccessFile _file = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _issuer.StartAsync();
        (_issuer.Claims["preferred_username"], _issuer.Groups, _issuer.For) = ("amina", ["desk"], "elsewhere");
        Write("operator");
        _file = new(_folder.In("access.yaml"), _time);
        await _server.StartAsync(keys: null, rules: _file, sessions: _folder.In("sessions"), map: Map, time: _time);
        await Eventually.HoldsAsync(
            () =>
            {
                // A machine under load may answer too late, and it is asked again by this clock.
                _time.Advance(_file.Issuers[0].Problem.Length > 0 ? TimeSpan.FromSeconds(11) : TimeSpan.Zero);
                return _file.Issuers[0].HasKeys;
            },
            "the issuer's keys are read"
        );
        _browser = new(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = _server.Http.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        _browser?.Dispose();
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Page_OpenedByNobodyKnown_LeadsToTheIssuerAndBackWithASession()
    {
        Assert.Equal($"amina@{new Uri(_issuer.Url).Authority}", await _browser.GetStringAsync(Local("/"), Cancel));

        var session = Assert.Single(_cookies.GetCookies(_browser.BaseAddress!));
        Assert.True(session is { Name: "ew-session", HttpOnly: true, Secure: false });
        Assert.NotEmpty(Directory.GetFiles(_folder.In("sessions")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(_folder.In("sessions"))
            );
        }
    }

    [Fact]
    public async Task SignIn_AsksWithACodeAndPkceAndCookiesThatOtherSitesCannotSend()
    {
        using var wary = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _browser.BaseAddress };
        using var answer = await wary.GetAsync(Local("/"), Cancel);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var asked = answer.Headers.Location!.Query;
        Assert.Contains("response_type=code", asked, StringComparison.Ordinal);
        Assert.Contains("code_challenge_method=S256", asked, StringComparison.Ordinal);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie =>
            Assert.True(
                cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase)
                    && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase),
                cookie
            )
        );
    }

    [Fact]
    public async Task Session_OnTheJsonApi_IsNoCredential()
    {
        await _browser.GetStringAsync(Local("/"), Cancel);

        using var answer = await _browser.GetAsync(Local("/v1/observations?country=KEN"), Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Page_ThatAnotherSiteAsksFor_IsRefusedThoughThereIsASession()
    {
        await _browser.GetStringAsync(Local("/"), Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, Local("/live")) { Headers = { { "Origin", "https://evil.example" } } };

        using var answer = await _browser.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task PartOfAPage_WithoutASession_IsRefusedAndLeadsNowhere()
    {
        using var answer = await _browser.GetAsync(Local("/live"), Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Session_OfOneWithoutARole_IsForbiddenWithoutACircle()
    {
        _issuer.Groups = ["others"];

        using var answer = await _browser.GetAsync(Local("/"), Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("the caller has no role", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_OfANameThatCannotGoOnRecord_SaysSoWithoutACircle()
    {
        _issuer.Claims["preferred_username"] = "suite";

        using var answer = await _browser.GetAsync(Local("/"), Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("no name that can go on record", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("token")]
    public async Task Page_WithAnAuthorizationHeader_IsServedByThatAndLeadsNowhere(string kind)
    {
        _issuer.For = TestIssuer.Audience;
        var shown = kind == "key" ? "ew_unknown" : await _issuer.TokenAsync();
        _browser.DefaultRequestHeaders.Authorization = new("Bearer", shown);

        using var answer = await _browser.GetAsync(Local("/"), Cancel);

        Assert.Equal(kind == "key" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("a role is taken")]
    [InlineData("the token expires")]
    [InlineData("the issuer is taken out")]
    public async Task Socket_OfASession_EndsWhen(string happens)
    {
        await _browser.GetStringAsync(Local("/"), Cancel);
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = _cookies;
        await socket.ConnectAsync(new UriBuilder(_browser.BaseAddress!) { Scheme = "ws", Path = "/live" }.Uri, Cancel);

        var received = socket.ReceiveAsync(new byte[10], Cancel);

        switch (happens)
        {
            case "a role is taken":
                Write("reviewer");
                break;
            case "the issuer is taken out":
                _folder.Write("access.yaml", "issuers: []");
                break;
            default:
                _time.Advance(TimeSpan.FromMinutes(59));
                Assert.False(received.IsCompleted);
                _time.Advance(TimeSpan.FromMinutes(1));
                break;
        }

        // The issuer's clock is the machine's, so a token is good for some seconds longer than the hour of the test's clock.
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return received.IsCompleted;
            },
            "the socket is ended"
        );
        await Assert.ThrowsAsync<WebSocketException>(() => received);
    }

    [Fact]
    public async Task SignOut_EndsTheSessionAndTheIssuers()
    {
        await _browser.GetStringAsync(Local("/"), Cancel);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, Local("/sign-out")) { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        using var ignored = await _browser.SendAsync(foreign, Cancel);
        Assert.Single(_cookies.GetCookies(_browser.BaseAddress!));
        using var wary = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies })
        {
            BaseAddress = _browser.BaseAddress,
        };

        using var answer = await wary.GetAsync(Local("/sign-out"), Cancel);

        Assert.StartsWith($"{_issuer.Url}/end", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Empty(_cookies.GetCookies(_browser.BaseAddress!));
    }

    private static Uri Local(string path) => new(path, UriKind.Relative);

    private static void Map(IEndpointRouteBuilder app)
    {
        ((IApplicationBuilder)app).UseWebSockets();
        app.MapSignOut();
        app.MapGet("/", (HttpContext context) => context.User.Identity?.Name).WithMetadata(s_access, new BrowserPage(IsOpened: true));
        app.MapGet("/live", async (HttpContext context) =>
            {
                if (context.WebSockets.IsWebSocketRequest)
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    await socket.ReceiveAsync(new byte[10], context.RequestAborted);
                }
            })
            .WithMetadata(s_access, new BrowserPage(IsOpened: false));
    }

    private void Write(string role) =>
        _folder.Write(
            "access.yaml",
            $$"""
            issuers:
              - { issuer: {{_issuer.Url}}, audience: {{TestIssuer.Audience}}, client-id: board }
            grants:
              - match: { issuer: {{_issuer.Url}}, claim: groups, value: desk }
                roles: [{ role: {{role}} }]
            """
        );
}

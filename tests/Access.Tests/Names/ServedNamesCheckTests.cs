using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.Access.Tests.Names;

/// <summary>A web page that is none of ours neither reads nor writes, by whatever name it calls.</summary>
public sealed class ServedNamesCheckTests(ServedNamesCheckTests.Named server) : IClassFixture<ServedNamesCheckTests.Named>
{
    private const string Desk = "https://desk.example.org";
    private const string Observations = "/v1/observations";

    [Theory]
    [InlineData("GET", "/v1/observations?country=KEN")]
    [InlineData("POST", Observations)]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/nowhere")]
    public async Task Call_ByAForeignName_Is400AndSaysWhatToAdd(string method, string path)
    {
        using var answer = await SendAsync(method, path, host: "attacker.example:5050");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(Fault.NameOf(ErrorReason.HostNotServed), text, StringComparison.Ordinal);
        Assert.Contains("--host attacker.example", text, StringComparison.Ordinal);
        Assert.Empty(server.Small.Asked);
    }

    [Theory]
    [InlineData("GET", "/v1/observations?country=KEN", "http://attacker.example")]
    [InlineData("POST", Observations, "http://attacker.example")]
    [InlineData("POST", Observations, "null")]
    [InlineData("OPTIONS", Observations, "http://attacker.example")]
    [InlineData("DELETE", Observations, "http://attacker.example")]
    [InlineData("GET", "/metrics", "http://localhost:3000")]
    public async Task Call_ByAForeignPage_Is403AndSaysWhatToAdd(string method, string path, string origin)
    {
        using var answer = await SendAsync(method, path, origin: origin);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(Fault.NameOf(ErrorReason.OriginNotServed), text, StringComparison.Ordinal);
        Assert.Contains("--origin", text, StringComparison.Ordinal);
        Assert.Empty(server.Small.Asked);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Probe_ByAnyName_IsAnswered(string path)
    {
        using var answer = await SendAsync("GET", path, host: "10.244.0.7:5050");
        using var named = await SendAsync("GET", path, host: "a-name.of-the-cluster");

        Assert.All([answer, named], each => Assert.Equal(HttpStatusCode.OK, each.StatusCode));
    }

    [Fact]
    public async Task Call_WithoutAHost_Is400()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Small.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("GET /v1/observations?country=KEN HTTP/1.0\r\n\r\n"),
            TestContext.Current.CancellationToken
        );
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("no Host header", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("ew.example.org")]
    public async Task Call_ByAnOwnName_IsServed(string host)
    {
        using var answer = await SendAsync("POST", Observations, host: $"{host}:5050", origin: $"http://{host}:5050");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.True(server.Small.Asked.TryDequeue(out _));
    }

    [Fact]
    public async Task Page_OfANamedOrigin_MayAskSendAndReadErrors()
    {
        using var preflight = await SendAsync(
            "OPTIONS",
            Observations,
            origin: Desk,
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,x-grpc-web,x-user-agent")
        );
        using var sent = await SendAsync("POST", Observations, origin: Desk);
        using var refused = await SendAsync("GET", "/v1/observations?contry=KEN", origin: Desk);

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(Desk, Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains(
            "authorization",
            Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Headers")),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.All([sent, refused], each =>
        {
            Assert.Equal(Desk, Assert.Single(each.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Contains(
                "grpc-status-details-bin",
                Assert.Single(each.Headers.GetValues("Access-Control-Expose-Headers")),
                StringComparison.Ordinal
            );
            Assert.False(each.Headers.Contains("Access-Control-Allow-Credentials"));
        });
        Assert.True(server.Small.Asked.TryDequeue(out _));
    }

    [Fact]
    public async Task GrpcCall_ByAForeignName_IsInvalidArgumentWithTheReason()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => ByNameAsync("attacker.example"));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(Fault.NameOf(ErrorReason.HostNotServed), error.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
        Assert.Empty(server.Small.Asked);
    }

    [Fact]
    public async Task GrpcCall_ByAnOwnName_IsServed()
    {
        await ByNameAsync("ew.example.org");

        Assert.True(server.Small.Asked.TryDequeue(out _));
    }

    private async Task ByNameAsync(string host)
    {
        using var channel = GrpcChannel.ForAddress(server.Small.Grpc, new() { HttpHandler = new Renaming(host) });
        await new ObservationService.ObservationServiceClient(channel).RecordObservationAsync(
            new() { Observation = new() },
            cancellationToken: TestContext.Current.CancellationToken
        );
    }

    private async Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        string? host = null,
        string? origin = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative));
        request.Headers.Host = host;
        foreach (var (name, value) in origin is null ? headers : [("Origin", origin), .. headers])
        {
            request.Headers.Add(name, value);
        }

        request.Content = method == "POST" ? JsonContent.Create(new { observation = new { value = 1 } }) : null;
        return await server.Small.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string origin, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, null, origin, headers);

    /// <summary>A server that has been told of a name and an origin.</summary>
    public sealed class Named : IAsyncLifetime
    {
        public SmallServer Small { get; } = new();

        public async ValueTask InitializeAsync() =>
            await Small.StartAsync(keys: null, new([IPAddress.Loopback], ["ew.example.org"], [Desk]));

        public ValueTask DisposeAsync() => Small.DisposeAsync();
    }

    private sealed class Renaming(string host) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Host = host;
            return base.SendAsync(request, cancellationToken);
        }
    }
}

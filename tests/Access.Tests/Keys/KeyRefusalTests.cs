using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;

namespace EarlyWarning.Access.Tests.Keys;

/// <summary>Where keys exist a caller without one is refused, with the reason, whatever it speaks and asks for.</summary>
public sealed class KeyRefusalTests(KeyRefusalTests.Closed server) : IClassFixture<KeyRefusalTests.Closed>
{
    private static readonly RecordObservationRequest s_request = new() { Observation = new() };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_OfGrpc_WithoutAKey_IsUnauthenticatedWithTheReason()
    {
        using var channel = GrpcChannel.ForAddress(server.Small.Grpc);

        await NeedsKeyAsync(channel);
    }

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task Call_OfGrpcWeb_WithoutAKey_IsUnauthenticatedWithTheReason(GrpcWebMode mode)
    {
        using var channel = GrpcChannel.ForAddress(
            server.Small.Http.BaseAddress!,
            new() { HttpHandler = new GrpcWebHandler(mode, new HttpClientHandler()), HttpVersion = HttpVersion.Version11 }
        );

        await NeedsKeyAsync(channel);
    }

    [Fact]
    public async Task Call_OfJson_WithoutAKey_Is401WithTheReasonAndAsksForOne()
    {
        var (code, error, answer) = await server.Small.SendAsync("GET", "/v1/observations?country=KEN");

        using var _ = answer;
        Assert.Equal(HttpStatusCode.Unauthorized, code);
        Assert.Equal(Fault.NameOf(ErrorReason.Unauthenticated), error!.GetDetail<ErrorInfo>().Reason);
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/openapi/descriptors.binpb")]
    [InlineData("/openapi/")]
    public async Task Document_OfTheContract_AsksForAKeyAndSaysSo(string path)
    {
        using var without = await server.Small.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        using var with = await GetAsync(path);
        using var document = await GetAsync("/openapi/v1.json");

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
        var json = JsonNode.Parse(await document.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal("bearer", (string)json["components"]!["securitySchemes"]!["key"]!["scheme"]!);
        Assert.NotNull(json["security"]![0]!["key"]);
    }

    private async Task NeedsKeyAsync(GrpcChannel channel)
    {
        var client = new ObservationService.ObservationServiceClient(channel);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.RecordObservationAsync(s_request, cancellationToken: Cancel)
        );

        Assert.Equal(
            (StatusCode.Unauthenticated, Fault.NameOf(ErrorReason.Unauthenticated)),
            (error.StatusCode, error.GetRpcStatus()?.GetDetail<ErrorInfo>().Reason)
        );
        Assert.Empty(server.Small.Asked);
        await client.RecordObservationAsync(
            s_request,
            new Metadata { { "authorization", $"Bearer {server.Key}" } },
            cancellationToken: Cancel
        );
        Assert.True(server.Small.Asked.TryDequeue(out _));
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        return await server.Small.Http.SendAsync(request, Cancel);
    }

    /// <summary>A server that has one key.</summary>
    public sealed class Closed : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public SmallServer Small { get; } = new();

        public string Key { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            var file = new KeyFile(_folder.In("keys.json"), TimeProvider.System);
            (_, Key) = await file.AddAsync("partner", Any.Roles, expires: null, CancellationToken.None);
            await Small.StartAsync(new ApiKeys(file));
        }

        public async ValueTask DisposeAsync()
        {
            await Small.DisposeAsync();
            _folder.Dispose();
        }
    }
}

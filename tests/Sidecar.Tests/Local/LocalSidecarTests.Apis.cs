using System.Text;
using Dapr;
using Dapr.Common;
using EarlyWarning.Host.Composition;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using Grpc.Core;
using Grpc.Net.Client;
using Proto = Dapr.Client.Autogen.Grpc.v1;

namespace EarlyWarning.Sidecar.Tests.Local;

/// <content>The API by which it is called.</content>
public sealed partial class LocalSidecarTests
{
    [Fact]
    public async Task OtherApis_AreRefusedByName()
    {
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);

        var state = await Assert.ThrowsAsync<DaprException>(() => client.GetStateAsync<string>("store", "key"));
        var refusal = Assert.IsType<RpcException>(state.InnerException);
        Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
        Assert.Contains("GetState", refusal.Status.Detail, StringComparison.Ordinal);

        // The SDK asks by reflection first, and says itself that it is not there.
        await Assert.ThrowsAsync<DaprFeatureNotAvailableException>(() =>
            client.BulkPublishEventAsync("warnings", "orders", (string[])["a"])
        );
        using var channel = GrpcChannel.ForAddress(sidecar.Host.Endpoints[0].Grpc);
        var bulk = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Proto.Dapr.DaprClient(channel).BulkPublishEventAsync(new())
        );
        Assert.Equal(StatusCode.Unimplemented, bulk.StatusCode);
        Assert.Contains("one by one", bulk.Status.Detail, StringComparison.Ordinal);

        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(sidecar.Host.Endpoints[0].Http, "/v1.0/state/store/key"));
        Assert.Equal(System.Net.HttpStatusCode.NotImplemented, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/x-protobuf", null, StatusCode.InvalidArgument)]
    [InlineData("application/json", "ttlInSeconds", StatusCode.Unimplemented)]
    [InlineData("application/json", "rawPayload", StatusCode.Unimplemented)]
    [InlineData("application/cloudevents+json", null, StatusCode.InvalidArgument)]
    public async Task Publish_WhatDaprdWouldMangleOrWeDoNot_IsRefused(string contentType, string? metadata, StatusCode expected)
    {
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);

        var refused = await Assert.ThrowsAsync<DaprException>(() =>
            client.PublishByteEventAsync(
                "warnings",
                "orders",
                Encoding.UTF8.GetBytes("[]"),
                contentType,
                metadata is null ? [] : new() { [metadata] = "1" }
            )
        );

        Assert.Equal(expected, Assert.IsType<RpcException>(refused.InnerException).StatusCode);
    }

    [Fact]
    public async Task HttpPublish_WithMetadata_IsDelivered()
    {
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var http = new HttpClient();
        using var body = new StringContent("""{"a":1}""", Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(
            new Uri(sidecar.Host.Endpoints[0].Http, "/v1.0/publish/warnings/orders?metadata.cloudevent.id=by-http"),
            body
        );

        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("""{"a":1}""", Assert.Single(await _app.Deliveries.WaitAsync("by-http", "orders")).Data.ToStringUtf8());
    }

    [Theory]
    [InlineData("elsewhere/orders", System.Net.HttpStatusCode.NotFound, "ERR_PUBSUB_NOT_FOUND")]
    [InlineData("warnings/private", System.Net.HttpStatusCode.Forbidden, "ERR_PUBSUB_FORBIDDEN")]
    public async Task HttpPublish_Refused_SaysSoAsDaprdDoes(string path, System.Net.HttpStatusCode status, string error)
    {
        var sidecar = await StartAsync();
        using var http = new HttpClient();
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(new Uri(sidecar.Host.Endpoints[0].Http, $"/v1.0/publish/{path}"), body);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(error, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_AttributeSet_IsShown()
    {
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);

        await client.SetMetadataAsync("colour", "red");

        var metadata = await client.GetMetadataAsync();
        Assert.Equal("red", metadata.Extended["colour"]);
        Assert.EndsWith("-local", metadata.Extended["daprRuntimeVersion"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_AppWithoutTheHealthService_IsThere()
    {
        await using var app = new CallbackApp(FreePort.Take(), CallbackApp.To("orders", "orders-dead-letters")) { AnswersProbes = false };
        await app.StartAsync();
        var sidecar = await StartAsync(options =>
            options with
            {
                Apps = [.. options.Apps.Select(one => one with { AppPorts = [app.Port] })],
            }
        );
        using var client = sidecar.Client(A);
        await Eventually.HoldsAsync(() => client.CheckHealthAsync(), "a healthy sidecar");

        await Eventually.HoldsAsync(() => app.Probed > 2, "some probes");

        await PublishAsync(client, "m");
        await app.Deliveries.WaitAsync("m", "orders");
        Assert.Equal(1, app.Asked);
    }

    [Fact]
    public async Task Subscription_OutsideTheScopes_IsNotRegistered()
    {
        _app.Subscriptions =
        [
            CallbackApp.To("private", "orders-dead-letters"),
            CallbackApp.To("orders", "private-dead-letters"),
            CallbackApp.To("unguarded"),
        ];
        await _app.StartAsync();
        var sidecar = await StartAsync();
        using var client = sidecar.Client(A);
        await Eventually.HoldsAsync(() => client.CheckHealthAsync(), "a healthy sidecar");

        using var http = new HttpClient();
        var metadata = await http.GetStringAsync(new Uri(sidecar.Host.Endpoints[0].Http, "/v1.0/metadata"));

        Assert.Contains("unguarded", metadata, StringComparison.Ordinal);
        Assert.DoesNotContain("private", metadata, StringComparison.Ordinal);
    }
}

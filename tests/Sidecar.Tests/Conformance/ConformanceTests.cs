using Dapr;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using Grpc.Core;
using Grpc.Net.Client;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;
using Proto = Dapr.Client.Autogen.Grpc.v1;

namespace EarlyWarning.Sidecar.Tests.Conformance;

/// <summary>
/// What our services rely on of a sidecar, through the real SDK and a real AppCallback app: against the local sidecar, or against whatever
/// the environment names, as <c>docs/dapr-conformance.md</c> says. Without a second sidecar its test is skipped, and so is the restart of
/// the sidecar unless
/// <c>EW_TEST_RESTART_DAPRD</c> holds a shell command that does it. The component and the policy are those of <c>dapr/</c>, with other
/// names and a shorter budget.
/// </summary>
public sealed partial class ConformanceTests(ConformanceFixture fixture) : IClassFixture<ConformanceFixture>
{
    private const string Orders = "orders";
    private const string DeadLetters = "orders-dead-letters";

    private readonly string _id = Guid.NewGuid().ToString("N");

    private CallbackApp App => fixture.AppA;

    [Fact]
    public async Task Publish_WithAttributes_ArrivesAsTheCloudEventThatDaprdMakes()
    {
        await PublishAsync(_id, """{"country":"XAB","score":61.5}""");

        var received = Assert.Single(await App.Deliveries.WaitAsync(_id, Orders));
        Assert.Equal(ConformanceFixture.A, received.Source);
        Assert.Equal("earlywarning.test", received.Type);
        Assert.Equal("1.0", received.SpecVersion);
        Assert.Equal("application/json", received.DataContentType);
        Assert.Equal("warnings", received.PubsubName);
        Assert.Equal("", received.Path);
        Assert.Equal("""{"country":"XAB","score":61.5}""", received.Data.ToStringUtf8());
        Assert.Equal("XAB", received.Extensions.Fields["subject"].StringValue);
        Assert.Equal(Orders, received.Extensions.Fields["topic"].StringValue);
        Assert.Equal("warnings", received.Extensions.Fields["pubsubname"].StringValue);
        Assert.True(DateTimeOffset.TryParse(received.Extensions.Fields["time"].StringValue, out _));
    }

    [Fact]
    public async Task Publish_WithTraceParent_CarriesIt()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await PublishAsync(_id, "{}", extra: new() { ["cloudevent.traceparent"] = Trace });

        var received = Assert.Single(await App.Deliveries.WaitAsync(_id, Orders));
        Assert.Equal(Trace, received.Extensions.Fields["traceparent"].StringValue);
    }

    [Theory]
    [InlineData("text/plain", "plain words")]
    [InlineData("application/xml", "<a>1</a>")]
    [InlineData("application/octet-stream", "bytes")]
    [InlineData("application/json", "[1,2]")]
    public async Task Publish_EachContentType_ArrivesWithItsData(string contentType, string data)
    {
        await fixture.ClientA.PublishByteEventAsync(
            "warnings",
            Orders,
            System.Text.Encoding.UTF8.GetBytes(data),
            contentType,
            Metadata(_id)
        );

        var received = Assert.Single(await App.Deliveries.WaitAsync(_id, Orders));
        Assert.Equal(contentType, received.DataContentType);
        Assert.Equal(data, received.Data.ToStringUtf8());
    }

    [Fact]
    public async Task Publish_OwnCloudEvent_KeepsItsAttributes()
    {
        var envelope =
            $$"""{"specversion":"1.0","id":"{{_id}}","source":"partner","type":"own","datacontenttype":"application/json","data":{"a":"""
            + $$"""1},"colour":"red"}""";
        await fixture.ClientA.PublishByteEventAsync(
            "warnings",
            Orders,
            System.Text.Encoding.UTF8.GetBytes(envelope),
            "application/cloudevents+json"
        );

        var received = Assert.Single(await App.Deliveries.WaitAsync(_id, Orders));
        Assert.Equal("partner", received.Source);
        Assert.Equal("own", received.Type);
        Assert.Equal("""{"a":1}""", received.Data.ToStringUtf8());
        Assert.Equal("red", received.Extensions.Fields["colour"].StringValue);
    }

    [Fact]
    public async Task Publish_InSwappedOrder_BothArrive()
    {
        var (first, second) = (_id + "-1", _id + "-2");
        await PublishAsync(second, """{"sequence":2}""");
        await PublishAsync(first, """{"sequence":1}""");

        Assert.Equal("""{"sequence":1}""", Assert.Single(await App.Deliveries.WaitAsync(first, Orders)).Data.ToStringUtf8());
        Assert.Equal("""{"sequence":2}""", Assert.Single(await App.Deliveries.WaitAsync(second, Orders)).Data.ToStringUtf8());
    }

    [Fact]
    public async Task Publish_SameIdTwice_IsDeliveredTwice()
    {
        await PublishAsync(_id, "{}");
        await PublishAsync(_id, "{}");

        Assert.Equal(2, (await App.Deliveries.WaitAsync(_id, Orders, 2)).Count);
    }

    [Fact]
    public async Task Publish_WhileTheAppIsDown_WaitsForIt()
    {
        await App.StopAsync();
        var ids = Enumerable.Range(0, 20).Select(n => $"{_id}-{n}").ToList();
        foreach (var id in ids)
        {
            await PublishAsync(id, "{}");
        }

        // Longer than the whole retry budget, as seen by the other app where there is one.
        await (fixture.AppB is null ? Task.CompletedTask : AfterWholeBudgetAsync(fixture.AppB));
        await App.StartAsync();

        foreach (var id in ids)
        {
            await App.Deliveries.WaitAsync(id, Orders);
            Assert.Empty(App.Deliveries.Of(id, DeadLetters));
        }
    }

    [Fact]
    public async Task Publish_TwoAppIds_AreTwoConsumerGroups()
    {
        Assert.SkipUnless(fixture.AppB is not null, "EW_DAPR_CONFORMANCE_B_GRPC names no second sidecar.");
        App.Answer(_id, Retry);
        await PublishAsync(_id, "{}");

        Assert.Single(await fixture.AppB.Deliveries.WaitAsync(_id, Orders));
        await App.Deliveries.WaitAsync(_id, DeadLetters);
        Assert.Single(fixture.AppB.Deliveries.Of(_id, Orders));
    }

    [Fact]
    public async Task Publish_TopicOutsideTheScopes_IsPermissionDenied()
    {
        var refused = await Assert.ThrowsAsync<DaprException>(() => PublishAsync(_id, "{}", "private"));

        Assert.Equal(StatusCode.PermissionDenied, Assert.IsType<RpcException>(refused.InnerException).StatusCode);
    }

    [Fact]
    public async Task Publish_UnknownComponent_IsInvalidArgument()
    {
        var refused = await Assert.ThrowsAsync<DaprException>(() => fixture.ClientA.PublishEventAsync("elsewhere", Orders, new { }));

        Assert.Equal(StatusCode.InvalidArgument, Assert.IsType<RpcException>(refused.InnerException).StatusCode);
    }

    [Fact]
    public async Task Health_OfARunningSidecar_IsGood()
    {
        Assert.True(await fixture.ClientA.CheckHealthAsync());
        Assert.True(await fixture.ClientA.CheckOutboundHealthAsync());
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await fixture.ClientA.WaitForSidecarAsync(patience.Token);
    }

    [Fact]
    public async Task Metadata_Always_NamesAppComponentAndSubscriptions()
    {
        var metadata = await fixture.ClientA.GetMetadataAsync();
        Assert.Equal(ConformanceFixture.A, metadata.Id);
        Assert.Contains(metadata.Components, component => component is { Name: "warnings", Type: "pubsub.redis" });

        using var channel = GrpcChannel.ForAddress(fixture.EndpointA.Grpc);
        var raw = await new Proto.Dapr.DaprClient(channel).GetMetadataAsync(new(), Headers(fixture.EndpointA.DaprApiToken));
        var orders = Assert.Single(raw.Subscriptions, subscription => subscription.Topic == Orders);
        Assert.Equal("warnings", orders.PubsubName);
        Assert.Equal(DeadLetters, orders.DeadLetterTopic);
        Assert.NotEmpty(raw.RuntimeVersion);
        Assert.True(!fixture.IsOwn || raw.RuntimeVersion.EndsWith("-local", StringComparison.Ordinal), "What stands in for daprd says so.");
    }

    [Fact]
    public async Task Tokens_BothWays_AreAskedForAndSent()
    {
        Assert.SkipUnless(fixture.EndpointA.DaprApiToken.Length > 0, "DAPR_API_TOKEN is not set.");
        using var channel = GrpcChannel.ForAddress(fixture.EndpointA.Grpc);
        var client = new Proto.Dapr.DaprClient(channel);

        var missing = await Assert.ThrowsAsync<RpcException>(async () => await client.GetMetadataAsync(new()));
        var wrong = await Assert.ThrowsAsync<RpcException>(async () => await client.GetMetadataAsync(new(), Headers("wrong")));
        Assert.Equal(StatusCode.Unauthenticated, missing.StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, wrong.StatusCode);

        await PublishAsync(_id, "{}");
        await App.Deliveries.WaitAsync(_id, Orders);
        Assert.Equal(fixture.EndpointA.AppApiToken, App.Deliveries.All().Single(item => item.Event.Id == _id).Token);
    }

    private static Metadata Headers(string token) => token.Length > 0 ? new() { { "dapr-api-token", token } } : [];

    private static Dictionary<string, string> Metadata(string id) =>
        new()
        {
            ["cloudevent.id"] = id,
            ["cloudevent.type"] = "earlywarning.test",
            ["cloudevent.subject"] = "XAB",
        };

    private Task PublishAsync(string id, string json, string topic = Orders, Dictionary<string, string>? extra = null)
    {
        var metadata = Metadata(id);
        foreach (var (key, value) in extra ?? [])
        {
            metadata[key] = value;
        }

        return fixture.ClientA.PublishByteEventAsync(
            "warnings",
            topic,
            System.Text.Encoding.UTF8.GetBytes(json),
            "application/json",
            metadata
        );
    }
}

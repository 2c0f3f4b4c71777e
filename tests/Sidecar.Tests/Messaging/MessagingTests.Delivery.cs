using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.Sidecar.Tests.Messaging;

/// <content>Who may deliver, and whether it can be.</content>
public sealed partial class MessagingTests
{
    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task Deliver_WithoutTheAppsToken_IsUnauthenticated(string? token)
    {
        await ConnectAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => DeliverAsync(_options.Apps[0].AppPorts[0], token));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.DoesNotContain(SubscriberA.Received, received => received.Id == "forged");
    }

    [Fact]
    public async Task Deliver_ByAnotherPortWithAMadeUpHost_IsRefused()
    {
        await ConnectAsync();

        using var http = new HttpClient();
        using var forged = new HttpRequestMessage(
            HttpMethod.Post,
            $"http://127.0.0.1:{_options.Apps[1].AppPorts[0]}/dapr.proto.runtime.v1.AppCallback/OnTopicEvent"
        );
        (forged.Version, forged.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        forged.Headers.Host = $"localhost:{_options.Apps[0].AppPorts[0]}";
        forged.Headers.Add("dapr-api-token", "app-token-a");
        forged.Content = new ByteArrayContent([0, 0, 0, 0, 0]);
        forged.Content.Headers.ContentType = new("application/grpc");
        using var answer = await http.SendAsync(forged);

        Assert.Equal(
            ((int)StatusCode.PermissionDenied).ToString(System.Globalization.CultureInfo.InvariantCulture),
            answer.Headers.GetValues("grpc-status").Single()
        );
        Assert.Empty(SubscriberA.Received);
    }

    [Fact]
    public async Task Readiness_FollowsTheSidecar()
    {
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync()).Status);
        await ConnectAsync();
        await Eventually.HoldsAsync(async () => (await CheckAsync()).Status == HealthStatus.Healthy, "a ready application");
        await _sidecar.StopAsync();

        var report = await CheckAsync();
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Equal([$"dapr-{A}", $"dapr-{B}"], report.Entries.Keys.Order());
    }

    [Fact]
    public async Task Readiness_SubscriptionNotRegistered_NamesTheTopic()
    {
        SubscriberB.Wanted = ["orders", "forbidden-to-b"];
        await ConnectAsync();

        await Eventually.HoldsAsync(
            async () =>
                (await CheckAsync()).Entries[$"dapr-{B}"].Description is { } why
                && why.EndsWith("its subscription to forbidden-to-b.", StringComparison.Ordinal),
            "a complaint about the missing subscription"
        );
    }

    private static async Task DeliverAsync(int port, string? token)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var method = new Method<Empty, Empty>(
            MethodType.Unary,
            "dapr.proto.runtime.v1.AppCallback",
            "OnTopicEvent",
            Marshallers.Create<Empty>(
                _ =>
                    Google.Protobuf.MessageExtensions.ToByteArray(
                        new Dapr.AppCallback.Autogen.Grpc.v1.TopicEventRequest
                        {
                            Id = "forged",
                            Topic = "orders",
                            PubsubName = "warnings",
                        }
                    ),
                Empty.Parser.ParseFrom
            ),
            Marshallers.Create<Empty>(_ => [], Empty.Parser.ParseFrom)
        );
        var headers = token is null ? new Metadata() : new Metadata { { "dapr-api-token", token } };
        await channel.CreateCallInvoker().AsyncUnaryCall(method, null, new(headers), new());
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapr.Client.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Delivery;
using Grpc.Core;

namespace EarlyWarning.Sidecar.Api;

/// <summary>What stands beside one app id: whatever its two ports are asked ends up here.</summary>
internal sealed class SidecarInstance(
    SidecarApp app,
    DaprFolder configuration,
    MessageBroker broker,
    AppDelivery? delivery,
    TimeProvider time
)
{
    /// <summary>The API's level, and that this is not daprd.</summary>
    public const string Version = "1.19.0-local";

    /// <summary>The name of the refusal of a component that is not there.</summary>
    public const string NotFound = "ERR_PUBSUB_NOT_FOUND";

    private readonly ConcurrentDictionary<string, string> _attributes = new(StringComparer.Ordinal);

    public SidecarApp App => app;

    /// <summary>Why nothing can be published, or <see langword="null"/>.</summary>
    public string? OutboundProblem => broker.Unavailable;

    /// <summary>Why this sidecar does not do all that it should, or <see langword="null"/>.</summary>
    public string? Problem =>
        broker.Unavailable
        ?? (delivery is { Registered: null } ? $"{app.AppId} has not answered on port {string.Join(", ", app.AppPorts)} yet." : null);

    public bool Accepts(string? token) =>
        app.DaprApiToken.Length == 0
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(app.DaprApiToken), Encoding.UTF8.GetBytes(token ?? ""));

    /// <summary>Takes a publish.</summary>
    /// <exception cref="PublishRefusedException">It was not taken.</exception>
    public async Task PublishAsync(PublishRequest published)
    {
        if (published.PubSub.Length == 0)
        {
            throw new PublishRefusedException(StatusCode.InvalidArgument, "pubsub name is empty") { Error = "ERR_PUBSUB_EMPTY" };
        }

        if (published.Topic.Length == 0)
        {
            throw new PublishRefusedException(StatusCode.InvalidArgument, $"topic is empty in pubsub {published.PubSub}")
            {
                Error = "ERR_TOPIC_NAME_EMPTY",
            };
        }

        var component = configuration.Find(published.PubSub, app.AppId)
            ?? throw new PublishRefusedException(StatusCode.InvalidArgument, $"pubsub {published.PubSub} is not found")
            {
                Error = NotFound,
            };
        if (!component.Topics.MayPublish(app.AppId, published.Topic))
        {
            throw new PublishRefusedException(
                StatusCode.PermissionDenied,
                $"topic {published.Topic} is not allowed for app id {app.AppId}"
            );
        }

        await broker.PublishAsync(published.PubSub, published.Topic, CloudEvents.Of(published, time.GetUtcNow()));
    }

    public void SetAttribute(string key, string value) => _attributes[key] = value;

    public GetMetadataResponse Metadata()
    {
        var response = new GetMetadataResponse
        {
            Id = app.AppId,
            RuntimeVersion = Version,
            ExtendedMetadata = { _attributes },
        };
        response.ExtendedMetadata["daprRuntimeVersion"] = Version;
        response.RegisteredComponents.AddRange(
            configuration
                .Components.Where(component => component.Serves(app.AppId))
                .Select(component => new RegisteredComponents
                {
                    Name = component.Name,
                    Type = component.Type,
                    Version = component.Version,
                })
        );
        response.Subscriptions.AddRange(
            delivery?.Registered?.Subscriptions.Select(subscription => new PubsubSubscription
            {
                PubsubName = subscription.Pubsub,
                Topic = subscription.Topic,
                DeadLetterTopic = subscription.DeadLetterTopic,
                Type = PubsubSubscriptionType.Programmatic,
                Rules = new() { Rules = { new PubsubSubscriptionRule { Path = subscription.Path } } },
            }) ?? []
        );
        if (app.AppPorts is [var port, ..])
        {
            response.AppConnectionProperties = new()
            {
                Port = port,
                Protocol = "grpc",
                ChannelAddress = "127.0.0.1",
            };
        }

        return response;
    }
}

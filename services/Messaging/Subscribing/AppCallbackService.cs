using System.Diagnostics;
using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Sidecars;
using EarlyWarning.Messaging.Tracing;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;
using EarlyWarning.Store.Tracing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace EarlyWarning.Messaging.Subscribing;

/// <summary>Dapr's contract of a subscriber, for whichever app id the endpoint is mapped for.</summary>
internal sealed class AppCallbackService(
    IServiceProvider services,
    DaprEndpoints endpoints,
    TimeProvider time,
    ILogger<AppCallbackService> logger
) : AppCallback.AppCallbackBase
{
    public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(Empty request, ServerCallContext context)
    {
        var subscriber = Subscriber(context, out _);
        var response = new ListTopicSubscriptionsResponse();
        response.Subscriptions.AddRange(
            subscriber.Topics.Select(topic => new TopicSubscription
            {
                PubsubName = Topics.PubSub,
                Topic = topic,
                DeadLetterTopic = Topics.DeadLetters(topic),
            })
        );
        return Task.FromResult(response);
    }

    /// <summary>None: without an answer here daprd logs an error at each start.</summary>
    public override Task<ListInputBindingsResponse> ListInputBindings(Empty request, ServerCallContext context)
    {
        _ = SubscribedApp.Of(context);
        return Task.FromResult(new ListInputBindingsResponse());
    }

    public override async Task<TopicEventResponse> OnTopicEvent(TopicEventRequest request, ServerCallContext context)
    {
        var subscriber = Subscriber(context, out var app);
        app.Authenticate(context, endpoints);
        if (!subscriber.Topics.Contains(request.Topic, StringComparer.Ordinal))
        {
            logger.NotSubscribed(app.AppId, request.Topic, request.Id);
            return new() { Status = TopicEventResponseStatus.Drop };
        }

        using var span = MessagingSpans
            .Source.StartChild($"process {request.Topic}", ActivityKind.Consumer, Extension(request, "traceparent"))
            .Describe("process", "process", request.Topic, request.Id, Extension(request, "subject"))
            ?.SetTag("messaging.consumer.group.name", app.AppId);
        var received = new ReceivedEvent(
            request.Topic,
            request.Id,
            request.Type,
            Extension(request, "subject"),
            request.Data.ToStringUtf8()
        );
        try
        {
            var result = await subscriber.HandleAsync(received, context.CancellationToken);
            if (result == EventResult.Drop)
            {
                await EndAsync(app.AppId, received, context.CancellationToken);
            }

            return new() { Status = Status(result) };
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            return new() { Status = TopicEventResponseStatus.Retry };
        }
#pragma warning disable CA1031 // Whatever a handler throws, the event is delivered again; its status must not be taken for UNIMPLEMENTED.
        catch (Exception e)
#pragma warning restore CA1031
        {
            span.Fail(e.Message);
            logger.HandlerFailed(app.AppId, request.Topic, request.Id, e);
            return new() { Status = TopicEventResponseStatus.Retry };
        }
    }

    /// <summary>
    /// What can never be handled is finished for this consumer, and stands as failed: to publish it again would help nobody.
    /// </summary>
    private async Task EndAsync(string appId, ReceivedEvent received, CancellationToken cancellationToken)
    {
        if (services.GetService<IStore>() is { } store)
        {
            await store.CommitAsync(
                new Unit().Confirm(
                    appId,
                    received.Id,
                    time.GetUtcNow(),
                    $"It cannot be handled and is with the dead letters of {received.Topic}."
                ),
                cancellationToken
            );
        }
    }

    private ISubscriber Subscriber(ServerCallContext context, out SubscribedApp app)
    {
        app = SubscribedApp.Of(context);
        return services.GetRequiredKeyedService<ISubscriber>(app.AppId);
    }

    private static TopicEventResponseStatus Status(EventResult result) =>
        result switch
        {
            EventResult.Success => TopicEventResponseStatus.Success,
            EventResult.Drop => TopicEventResponseStatus.Drop,
            _ => TopicEventResponseStatus.Retry,
        };

    private static string Extension(TopicEventRequest request, string name) =>
        request.Extensions is { } extensions && extensions.Fields.TryGetValue(name, out var value) ? value.StringValue : "";
}

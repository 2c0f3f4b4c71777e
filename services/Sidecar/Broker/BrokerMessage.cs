using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Journal;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Sidecar.Broker;

/// <summary>A message that is still needed. Changed by the broker's fold only, under its lock.</summary>
internal sealed class BrokerMessage
{
    public required long Sequence { get; init; }

    public required string PubSub { get; init; }

    public required string Topic { get; init; }

    /// <summary>The CloudEvent, as it is journalled.</summary>
    public required ByteString Event { get; init; }

    /// <summary>The CloudEvent's subject: deliveries of one subject keep their order while none fails.</summary>
    public required string Subject { get; init; }

    public required string EventId { get; init; }

    public required string EventType { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DeadLettered? DeadLettered { get; init; }

    /// <summary>The app ids that it has to reach.</summary>
    public required List<string> Waiting { get; init; }

    public static BrokerMessage Of(Published record)
    {
        var cloudEvent = TopicEventRequest.Parser.ParseFrom(record.Event);
        return new()
        {
            Sequence = record.Sequence,
            PubSub = record.Pubsub,
            Topic = record.Topic,
            Event = record.Event,
            Subject =
                cloudEvent.Extensions is { } extensions && extensions.Fields.TryGetValue("subject", out var subject)
                    ? subject.StringValue
                    : "",
            EventId = cloudEvent.Id,
            EventType = cloudEvent.Type,
            PublishedAt = record.PublishedTime.ToDateTimeOffset(),
            DeadLettered = record.DeadLettered,
            Waiting = [.. record.Waiting],
        };
    }

    public Published ToRecord() =>
        new()
        {
            Sequence = Sequence,
            Pubsub = PubSub,
            Topic = Topic,
            Event = Event,
            PublishedTime = Timestamp.FromDateTimeOffset(PublishedAt),
            Waiting = { Waiting },
            DeadLettered = DeadLettered,
        };

    public DeadLetter ToDeadLetter() =>
        new(
            Sequence,
            EventId,
            EventType,
            Subject,
            DeadLettered!.Topic,
            DeadLettered.AppId,
            DeadLettered.Reason,
            DeadLettered.Attempts,
            PublishedAt
        );
}

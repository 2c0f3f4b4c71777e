using System.Reflection;
using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Escalation.Subscribing;
using EarlyWarning.Fuzzing.Tests.Running;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Sidecar.Api;
using EarlyWarning.Sidecar.Broker;
using Google.Protobuf;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using static EarlyWarning.Fuzzing.Tests.Running.BrokenPromiseException;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>Events: as the local sidecar takes them, and as a service reads what was delivered.</summary>
internal static class MessagingTargets
{
    private const string Envelope = """
        application/cloudevents+json

        {"id": "e1", "source": "risk", "type": "t", "specversion": "1.0", "datacontenttype": "application/json", "subject": "SDN", "data": {"a": [1, null, "x"]}, "ext": 5}
        """;

    public static IReadOnlyList<Target> All { get; } =
    [
        new(
            "cloud-event",
            [
                "application/json",
                "text/plain",
                "application/octet-stream",
                "application/cloudevents+json",
                "cloudevent.id",
                "cloudevent.subject",
                "ttlInSeconds",
                "data",
                "data_base64",
                "id",
                "source",
                "type",
                "specversion",
                "datacontenttype",
                "subject",
                "topic",
                "traceparent",
            ],
            exception => exception is PublishRefusedException,
            input =>
            {
                var parts = Texts.Parts(input, 3);
                var metadata = QueryHelpers.ParseQuery(parts[1]).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
                var data = ByteString.CopyFrom(
                    input[
                        Math.Min(
                            input.Length,
                            System.Text.Encoding.UTF8.GetByteCount(parts[0]) + System.Text.Encoding.UTF8.GetByteCount(parts[1]) + 2
                        )..
                    ]
                );
                var made = CloudEvents.Of(
                    new("risk", "pubsub", "threshold-breaches", data, parts[0], metadata, "", ""),
                    DateTimeOffset.UnixEpoch
                );
                Unless(TopicEventRequest.Parser.ParseFrom(made.ToByteArray()).Equals(made), "an event arrives as it was made");
            }
        )
        {
            Seeds = Texts.Seeds(
                Envelope,
                "application/json\ncloudevent.id=5&cloudevent.subject=SDN\n{\"a\": 1}",
                "text/plain\n\nhello",
                "application/octet-stream\n\n\0\x01"
            ),
        },
        new(
            "delivered-event",
            ["name", "country", "cause", "threshold", "sequence", "severity", "SEVERITY_WARNING", "firedTime", "value"],
            exception => exception is HandedOnException,
            input =>
            {
                CaseSubscriber subscriber = new(DispatchProxy.Create<IGrainFactory, NoGrains>(), NullLogger<CaseSubscriber>.Instance);
                ReceivedEvent received = new(
                    input.Length % 2 == 0 ? Topics.ThresholdBreaches : Topics.Notifications,
                    "e1",
                    "t",
                    "SDN",
                    Texts.Of(input)
                );
                Unless(
                    subscriber.HandleAsync(received, CancellationToken.None).GetAwaiter().GetResult() == EventResult.Drop,
                    "what is not handed on is dropped"
                );
            }
        )
        {
            Seeds = () =>
                CatalogueTargets.Messages(V1.Breach.Descriptor).Select(bytes => RequestTargets.Json(V1.Breach.Parser.ParseFrom(bytes))),
        },
    ];

    /// <summary>What is read goes to a country's grain; here nobody takes it.</summary>
#pragma warning disable CA1852 // The proxy is made of a class that can be derived from.
    internal class NoGrains : DispatchProxy
#pragma warning restore CA1852
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new HandedOnException();
    }

    private sealed class HandedOnException() : Exception("handed on");
}

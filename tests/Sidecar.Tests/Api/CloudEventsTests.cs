using EarlyWarning.Sidecar.Api;
using EarlyWarning.Sidecar.Broker;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Sidecar.Tests.Api;

public sealed class CloudEventsTests
{
    [Theory]
    [InlineData("""{"ext": 1e999}""")]
    [InlineData("""{"\uD800": 1}""")]
    [InlineData("""{"ext": "\uD800"}""")]
    [InlineData("[]")]
    public void Of_EnvelopeThatCannotBeRead_IsRefused(string envelope) =>
        Assert.Equal(
            StatusCode.InvalidArgument,
            Assert.Throws<PublishRefusedException>(() => Of(envelope, "application/cloudevents+json")).Code
        );

    [Fact]
    public void Of_EnvelopeWhoseDataIsNull_HasNoData() =>
        Assert.True(Of("""{"data_base64": null}""", "application/cloudevents+json").Data.IsEmpty);

    [Fact]
    public void Of_MetadataTwiceInDifferentLetters_IsRefused() =>
        Assert.Contains(
            "there twice",
            Assert
                .Throws<PublishRefusedException>(() => Of("{}", "application/json", ("cloudevent.id", "1"), ("cloudevent.ID", "2")))
                .Message,
            StringComparison.Ordinal
        );

    private static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventRequest Of(
        string data,
        string contentType,
        params (string Key, string Value)[] metadata
    ) =>
        CloudEvents.Of(
            new(
                "risk",
                "warnings",
                "t",
                ByteString.CopyFromUtf8(data),
                contentType,
                metadata.ToDictionary(pair => pair.Key, pair => pair.Value),
                "",
                ""
            ),
            DateTimeOffset.UnixEpoch
        );
}

using System.Globalization;
using System.Text.Json;
using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Broker;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Sidecar.Api;

/// <summary>A publish as the API takes it.</summary>
/// <param name="AppId">Whose sidecar took it.</param>
/// <param name="PubSub">The component.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Data">The payload.</param>
/// <param name="ContentType">Its type; empty for text.</param>
/// <param name="Metadata">The publish metadata.</param>
/// <param name="TraceParent">The caller's trace; empty for none.</param>
/// <param name="TraceState">Its state.</param>
internal sealed record PublishRequest(
    string AppId,
    string PubSub,
    string Topic,
    ByteString Data,
    string ContentType,
    IReadOnlyDictionary<string, string> Metadata,
    string TraceParent,
    string TraceState
);

/// <summary>
/// Makes the CloudEvent that daprd would make of a publish, in the form in which a gRPC app receives it: the attributes of an envelope as
/// fields, every other one as an extension.
/// </summary>
internal static class CloudEvents
{
    private const string Prefix = "cloudevent.";
    private const string EventType = "application/cloudevents+json";
    private static readonly string[] s_fields = ["id", "source", "type", "specversion", "datacontenttype", "data", "data_base64"];

    public static TopicEventRequest Of(PublishRequest published, DateTimeOffset now)
    {
        Refuse(published.Metadata);
        var contentType = published.ContentType.Length > 0 ? published.ContentType : "text/plain";
        return MediaType(contentType) == EventType ? FromEnvelope(published, now) : Wrap(published, contentType, now);
    }

    private static TopicEventRequest Wrap(PublishRequest published, string contentType, DateTimeOffset now)
    {
        var overrides = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in published.Metadata.Where(item => item.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            if (!overrides.TryAdd(key[Prefix.Length..], value))
            {
                throw new PublishRefusedException(
                    StatusCode.InvalidArgument,
                    $"the publish metadata {key} is there twice, in different letters. Give one value."
                );
            }
        }

        var trace = Set("traceparent") ?? Set("traceid") ?? published.TraceParent;
        var request = new TopicEventRequest
        {
            Id = Set("id") ?? Guid.NewGuid().ToString(),
            Source = Set("source") ?? published.AppId,
            Type = Set("type") ?? "com.dapr.event.sent",
            SpecVersion = "1.0",
            DataContentType = contentType,
            Data = Data(published.Data, contentType),
            Extensions = Extensions(published, trace, Set("tracestate") ?? published.TraceState, now),
        };
        if (Set("subject") is { } subject)
        {
            request.Extensions.Fields["subject"] = Value.ForString(subject);
        }

        return request;

        string? Set(string name) => overrides.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    /// <summary>The publisher made the envelope itself.</summary>
    private static TopicEventRequest FromEnvelope(PublishRequest published, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(published.Data.Memory);
            var envelope = document.RootElement;
            var contentType = Text("datacontenttype") ?? "";
            var request = new TopicEventRequest
            {
                Id = Text("id") ?? "",
                Source = Text("source") ?? "Dapr",
                Type = Text("type") ?? "com.dapr.event.sent",
                SpecVersion = Text("specversion") ?? "1.0",
                DataContentType = contentType,
                Extensions = Extensions(published, published.TraceParent, published.TraceState, now),
            };
            if (envelope.TryGetProperty("data_base64", out var binary))
            {
                request.Data = ByteString.FromBase64(binary.GetString() ?? "");
            }
            else if (envelope.TryGetProperty("data", out var data) && data.ValueKind != JsonValueKind.Null)
            {
                request.Data = ByteString.CopyFromUtf8(
                    IsText(contentType) && data.ValueKind == JsonValueKind.String ? data.GetString()! : data.GetRawText()
                );
            }

            foreach (
                var property in envelope
                    .EnumerateObject()
                    .Where(property => !s_fields.Contains(property.Name) && property.Name is not ("topic" or "pubsubname"))
            )
            {
                request.Extensions.Fields[property.Name] = JsonParser.Default.Parse<Value>(property.Value.GetRawText());
            }

            return request;

            string? Text(string name) =>
                envelope.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or InvalidOperationException
                        or FormatException
                        or InvalidProtocolBufferException
                        or InvalidJsonException
            )
        {
            throw new PublishRefusedException(
                StatusCode.InvalidArgument,
                $"cannot create cloudevent: the data is not a CloudEvent in JSON ({e.Message})",
                e
            );
        }
    }

    private static ByteString Data(ByteString data, string contentType)
    {
        if (IsText(contentType) || MediaType(contentType) == "application/octet-stream")
        {
            return data;
        }

        if (IsJson(contentType))
        {
            return IsValidJson(data) ? data : ByteString.CopyFromUtf8($"\"{JsonEncodedText.Encode(data.ToStringUtf8())}\"");
        }

        throw new PublishRefusedException(
            StatusCode.InvalidArgument,
            $"daprd delivers the content type {contentType} to a gRPC app with empty data. Publish JSON, text, XML, a CloudEvent or "
                + $"application/octet-stream."
        );
    }

    private static Struct Extensions(PublishRequest published, string traceParent, string traceState, DateTimeOffset now) =>
        new()
        {
            Fields =
            {
                ["topic"] = Value.ForString(published.Topic),
                ["pubsubname"] = Value.ForString(published.PubSub),
                ["time"] = Value.ForString(now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                ["traceid"] = Value.ForString(traceParent),
                ["traceparent"] = Value.ForString(traceParent),
                ["tracestate"] = Value.ForString(traceState),
            },
        };

    private static void Refuse(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Keys.FirstOrDefault(key => key is "rawPayload" or "ttlInSeconds") is { } unsupported)
        {
            throw new PublishRefusedException(
                StatusCode.Unimplemented,
                $"The publish metadata {unsupported} is not supported by the local sidecar."
            );
        }
    }

    private static bool IsValidJson(ByteString data)
    {
        var reader = new Utf8JsonReader(data.Span);
        try
        {
            while (reader.Read())
            {
                reader.TrySkip();
            }

            return data.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsJson(string contentType) =>
        MediaType(contentType) is var type && (type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal));

    private static bool IsText(string contentType) =>
        MediaType(contentType) is var type && (type.StartsWith("text/", StringComparison.Ordinal) || type == "application/xml");

    private static string MediaType(string contentType)
    {
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? contentType : contentType[..end]).Trim().ToLowerInvariant();
    }
}

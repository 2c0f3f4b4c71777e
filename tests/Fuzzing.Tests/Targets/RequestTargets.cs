using EarlyWarning.Catalogue;
using EarlyWarning.Fuzzing.Tests.Mutating;
using EarlyWarning.Fuzzing.Tests.Running;
using EarlyWarning.Indicators.Intake;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.ServiceDefaults.Transcoding;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using static EarlyWarning.Fuzzing.Tests.Running.BrokenPromiseException;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>Requests as they come: bytes of protobuf, JSON, a query string. An input's first byte says which rpc it is for.</summary>
internal static class RequestTargets
{
    private static readonly MethodDescriptor[] s_rpcs =
    [
        .. typeof(V1.ObservationService)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == "EarlyWarning.V1" && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods),
    ];

    private static readonly string[] s_members =
    [
        .. s_rpcs.SelectMany(rpc => rpc.InputType.Fields.InDeclarationOrder()).Select(field => field.JsonName).Distinct().Take(300),
    ];

    private static readonly JsonParser s_google = new(JsonParser.Settings.Default);
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Target> All { get; } =
    [
        new(
            "request-message",
            [],
            exception => exception is InvalidProtocolBufferException,
            input =>
            {
                var request = RpcOf(input).InputType.Parser.ParseFrom(input.IsEmpty ? input : input[1..]);
                Unless(RequiredFields.ViolationsOf(request).All(violation => violation.Message.Length > 0), "what is missing is said");
                Unless(RequestContent.Of(request) == RequestContent.Of(request), "a request says one thing");
            }
        )
        {
            Seeds = () => Seeds(message => message.ToByteArray()),
            BytesPerByte = 4_000,
        },
        new("request-json", s_members, IsFault, input =>
        {
            var rpc = RpcOf(input);
            var json = input.IsEmpty ? input : input[1..];
            var request = JsonForm.Of(rpc.InputType).Create();
            MessageReader.Read(json, request, "The request");
            Agree(request, rpc.InputType, json);
        }) { Seeds = () => Seeds(Json) },
        new("request-query", [.. s_members, "&", "=", "%", "+", "."], IsFault, input =>
        {
            var rpc = RpcOf(input);
            var route = RouteForm.Of(new GrpcJsonTranscodingMetadata(rpc, new HttpRule { Get = "/v1/x" }));
            QueryReader.Read(
                route,
                new QueryCollection(QueryHelpers.ParseQuery(Texts.Of(input.IsEmpty ? input : input[1..]))),
                route.Request.Create()
            );
        }) { Seeds = Texts.Seeds("\0pageSize=5&pageToken=x", "\x05country=SDN&at=2024-01-01T00:00:00Z", "\x09observation.value=5&observation.observedAt=2024-01-01T00:00:00%2B01:00") },
        new(
            "observation-frame",
            [],
            exception => exception is InvalidProtocolBufferException,
            input =>
            {
                var frame = V1.StreamObservationsRequest.Parser.ParseFrom(input);
                ObservationRules rules = new(Snapshot(), SuiteCatalogue.Countries, null, s_now, TimeSpan.FromMinutes(5), frame.Backfill);
                foreach (var observation in frame.Observations)
                {
                    var faults = rules.Check(observation);
                    Unless(
                        faults is not null || (double.IsFinite(observation.Value) && observation.ObservationId.Length > 0),
                        "what is taken is finite and has an id"
                    );
                    Unless(faults is not { Count: 0 }, "what is refused has a fault");
                }
            }
        )
        {
            Seeds = () => [.. CatalogueTargets.Messages(V1.StreamObservationsRequest.Descriptor), Frame()],
            BytesPerByte = 4_000,
        },
    ];

    /// <summary>Whether it is an error as callers see them: a status that says whose fault it is, with a reason.</summary>
    public static bool IsFault(Exception exception) =>
        exception is RpcException { StatusCode: not (StatusCode.Internal or StatusCode.Unknown) } fault
        && fault.GetRpcStatus()?.GetDetail<ErrorInfo>() is { Reason.Length: > 0 };

    private static MethodDescriptor RpcOf(ReadOnlySpan<byte> input) => s_rpcs[(input.IsEmpty ? 0 : input[0]) % s_rpcs.Length];

    private static IEnumerable<byte[]> Seeds(Func<IMessage, byte[]> write)
    {
        RandomMessage random = new(new Random(2));
        return s_rpcs.SelectMany((rpc, i) => new[] { 0, 3 }.Select(depth => (byte[])[(byte)i, .. write(random.Of(rpc.InputType, depth))]));
    }

    /// <summary>A message as JSON; empty where it has a time or a duration that is none.</summary>
    public static byte[] Json(IMessage message)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message));
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    // Protobuf's own reader takes more than ours: what both take they read alike.
    private static void Agree(IMessage ours, MessageDescriptor descriptor, ReadOnlySpan<byte> json)
    {
        IMessage theirs;
        try
        {
            theirs = s_google.Parse(Texts.Of(json.StartsWith("\uFEFF"u8) ? json[3..] : json), descriptor);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidJsonException)
        {
            return;
        }

        Unless(ours.Equals(theirs), $"JSON is read as protobuf reads it: {ours} and {theirs}");
    }

    private static byte[] Frame()
    {
        var indicator = SuiteCatalogue.Shipped.Indicators.Values.First();
        V1.Observation observation = new()
        {
            Country = "SDN",
            Indicator = indicator.Code,
            Value = 1,
            Source = "desk",
            ObservedAt = new() { Seconds = s_now.ToUnixTimeSeconds() - 100 },
        };
        return new V1.StreamObservationsRequest { Sequence = 1, Observations = { observation, observation } }.ToByteArray();
    }

    private static CatalogueSnapshot Snapshot() => s_snapshot.Value;

    private static readonly Lazy<CatalogueSnapshot> s_snapshot = new(() =>
        CatalogueSnapshot.Empty with
        {
            Indicators = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(SuiteCatalogue.Shipped.Indicators),
        }
    );
}

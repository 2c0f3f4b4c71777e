using System.Globalization;
using System.Text;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using EarlyWarning.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Partners;

/// <summary>What another program of the machine finds: every port on which a running suite listens, tried without a token.</summary>
[Collection(PartnerSuite.Name)]
public sealed class PortTests(PartnerSuite partners)
{
    private const string Topic = "threshold-breaches";
    private const string Forged =
        """{"name": "breaches/KEN-FORGED00-0000000000000000", "country": "KEN", "state": "STATE_FIRING", "sequence": "1"}""";

    /// <summary>As a sidecar calls it; the package has no client of it.</summary>
    private static readonly Method<TopicEventRequest, TopicEventResponse> s_onTopicEvent = new(
        MethodType.Unary,
        "dapr.proto.runtime.v1.AppCallback",
        "OnTopicEvent",
        Marshallers.Create(request => request.ToByteArray(), TopicEventRequest.Parser.ParseFrom),
        Marshallers.Create(response => response.ToByteArray(), TopicEventResponse.Parser.ParseFrom)
    );

    [Fact]
    public async Task Ports_OfARunningSuite_AreItsDoorsAndDaprsAndTakeNothingWithoutAToken()
    {
        var ports = ListeningPorts(partners.Suite.ProcessId);
        Assert.Subset(ports, new HashSet<int> { partners.Suite.HttpPort, partners.Suite.GrpcPort });

        // Of the others two take deliveries, and six are the sidecars', two for each of three apps. None is Orleans'.
        ports.ExceptWith([partners.Suite.HttpPort, partners.Suite.GrpcPort]);
        Assert.Equal(8, ports.Count);
        foreach (var port in ports)
        {
            await RefusesAsync(port);
        }

        var breaches = await new BreachService.BreachServiceClient(partners.Suite.Channel).ListBreachesAsync(
            new() { Countries = { "KEN" } },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(0, breaches.TotalSize);
        var cases = await new CaseService.CaseServiceClient(partners.Suite.Channel).ListCasesAsync(
            new() { Countries = { "KEN" } },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(0, cases.TotalSize);
    }

    internal static async Task RefusesAsync(int port)
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(10) };
        using var content = new StringContent(Forged, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await http.PostAsync(
                new Uri($"/v1.0/publish/warnings/{Topic}", UriKind.Relative),
                content,
                TestContext.Current.CancellationToken
            );
            Assert.False(answer.IsSuccessStatusCode, $"Port {port} took a publish: {answer.StatusCode}");
        }
        catch (HttpRequestException)
        {
            // It speaks HTTP/2 alone.
        }

        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var data = ByteString.CopyFromUtf8(Forged);
        var publish = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient(channel).PublishEventAsync(
                new PublishEventRequest
                {
                    PubsubName = "warnings",
                    Topic = Topic,
                    Data = data,
                    DataContentType = "application/json",
                },
                deadline: DateTime.UtcNow.AddSeconds(10)
            )
        );
        var deliver = await Assert.ThrowsAsync<RpcException>(async () =>
            await channel
                .CreateCallInvoker()
                .AsyncUnaryCall(
                    s_onTopicEvent,
                    null,
                    new CallOptions(deadline: DateTime.UtcNow.AddSeconds(10)),
                    new TopicEventRequest
                    {
                        Id = "forged",
                        PubsubName = "warnings",
                        Topic = Topic,
                        Data = data,
                        DataContentType = "application/json",
                    }
                )
        );

        // Not known there, not taken without a token, or no gRPC at all.
        StatusCode[] refused =
        [
            StatusCode.Unimplemented,
            StatusCode.Unauthenticated,
            StatusCode.Internal,
            StatusCode.Unavailable,
            StatusCode.Unknown,
        ];
        Assert.All([publish, deliver], error => Assert.Contains(error.StatusCode, refused));
    }

    /// <summary>By the kernel's tables: the sockets that listen, and are this process's.</summary>
    internal static HashSet<int> ListeningPorts(int processId)
    {
        var own = Directory
            .GetFiles($"/proc/{processId}/fd")
            .Select(link => new FileInfo(link).LinkTarget ?? "")
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. new[] { "tcp", "tcp6" }
                .SelectMany(table => File.ReadLines($"/proc/{processId}/net/{table}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns[3] == "0A" && own.Contains($"socket:[{columns[9]}]"))
                .Select(columns => int.Parse(columns[1].Split(':')[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        ];
    }
}

using System.Net;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Status;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using HealthService = Grpc.Health.V1.Health;
using ServerService = EarlyWarning.V1.ServerService;

namespace EarlyWarning.EndToEnd.Tests.Partners;

/// <summary>
/// How a running suite is reached: by which names and pages, by how many calls on one connection, and whether it says that it serves.
/// </summary>
[Collection(PartnerSuite.Name)]
public sealed class ConnectionTests(PartnerSuite partners)
{
    [Fact]
    public async Task Page_BehindAReboundName_NeitherReadsNorRecords()
    {
        foreach (
            var (host, origin, expected) in new (string?, string?, HttpStatusCode)[]
            {
                ("attacker.example", "http://attacker.example", HttpStatusCode.BadRequest),
                (null, "http://attacker.example", HttpStatusCode.Forbidden),
            }
        )
        {
            using var read = await SendAsync(HttpMethod.Get, "/v1/observations?country=KEN", host, origin);
            using var board = await SendAsync(HttpMethod.Get, "/", host, origin);
            using var write = await SendAsync(HttpMethod.Post, "/v1/observations", host, origin);
            Assert.All([read, board, write], answer => Assert.Equal(expected, answer.StatusCode));
        }

        var nothing = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ObservationService.ObservationServiceClient(partners.Suite.Channel).ListObservationsAsync(
                new() { Country = "KEN", Source = "a-page" },
                cancellationToken: TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(StatusCode.NotFound, nothing.StatusCode);
    }

    [Theory]
    [InlineData(null, PartnerSuite.Origin)]
    [InlineData(PartnerSuite.Host, $"https://{PartnerSuite.Host}")]
    [InlineData("localhost", null)]
    public async Task Page_OfItsOwnOrANamedOrigin_Reads(string? host, string? origin)
    {
        using var read = await SendAsync(HttpMethod.Get, "/v1/observations?country=KEN", host, origin);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task Connection_WithHundredsOfStreams_ServesOneCallMore()
    {
        using var channel = GrpcChannel.ForAddress(
            $"http://127.0.0.1:{partners.Suite.GrpcPort}",
            new() { HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false } }
        );
        var info = await new ServerService.ServerServiceClient(channel).GetServerInfoAsync(
            new(),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(1_000, info.Limits.MaxStreamsPerConnection);

        var cases = new CaseService.CaseServiceClient(channel);
        var watches = Enumerable
            .Range(0, info.Limits.MaxStreamsPerConnection - 1)
            .Select(_ => cases.WatchCases(new(), cancellationToken: TestContext.Current.CancellationToken))
            .ToList();
        try
        {
            // Each says where it stands, so each has been taken.
            await Task.WhenAll(watches.Select(watch => watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken)))
                .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await new ServerService.ServerServiceClient(channel).GetServerInfoAsync(
                new(),
                deadline: DateTime.UtcNow.AddSeconds(20),
                cancellationToken: TestContext.Current.CancellationToken
            );
        }
        finally
        {
            watches.ForEach(watch => watch.Dispose());
        }
    }

    [Fact]
    public async Task Health_OfEveryServiceOfTheContract_IsServing()
    {
        var health = new HealthService.HealthClient(partners.Suite.Channel);
        var services = typeof(ServerService)
            .Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", typeof(Google.Protobuf.Reflection.ServiceDescriptor))?.GetValue(null))
            .OfType<Google.Protobuf.Reflection.ServiceDescriptor>()
            .Select(service => service.FullName)
            .ToList();

        Assert.NotEmpty(services);
        foreach (var service in services.Append(""))
        {
            // What it says is looked at every few seconds.
            await Eventually.GetAsync(
                async () =>
                    (await health.CheckAsync(new() { Service = service }, cancellationToken: TestContext.Current.CancellationToken)).Status,
                status => status == HealthCheckResponse.Types.ServingStatus.Serving,
                $"'{service}' is serving"
            );
        }

        var unknown = await Assert.ThrowsAsync<RpcException>(async () =>
            await health.CheckAsync(
                new() { Service = "earlywarning.v1.NoService" },
                cancellationToken: TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Readiness_NamesEveryCheckThatAServiceIsReadyBy()
    {
        var ready = await partners.Http.GetStringAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);

        var checks = ready
            .Split('\n')
            .Where(line => line.Contains(": healthy", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0]);
        Assert.Equal(
            ModuleTable.All.SelectMany(module => module.ReadyBy).Append(ServiceHealth.Store).Distinct().Order(StringComparer.Ordinal),
            checks.Order(StringComparer.Ordinal)
        );
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? host, string? origin)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Host = host is null ? null : $"{host}{(host == PartnerSuite.Host ? "" : $":{partners.Suite.HttpPort}")}";
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (method == HttpMethod.Post)
        {
            var observation = Definitions.Attacks("KEN", 1);
            observation.Source = "a-page";
            request.Content = new StringContent($"{{\"observation\":{observation}}}", System.Text.Encoding.UTF8, "application/json");
        }

        return await partners.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

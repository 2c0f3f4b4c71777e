using System.Net;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.RealInput;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Tls;

/// <summary>A suite beyond loopback that has no key and knows its callers by their certificates.</summary>
public sealed class MutualTlsTests
{
    [Fact]
    public async Task Suite_ThatAsksForCertificates_LetsInWhomItsCaNamesAndNobodyElse()
    {
        using TlsFolder tls = new();
        using TemporaryFolder folder = new();
        var amina = tls.Authority.Client("CN=Amina, O=Watch desk");
        await using var suite = SuiteProcess.In(folder.Path, httpAddress: "0.0.0.0", tls: tls.Trust(amina));
        Assert.True(await suite.StartAsync(null, [.. tls.Arguments, "--tls-client-ca", tls.ClientCa]), suite.Output);

        await Definitions.DefineOneAsync(suite.Channel);
        await new ObservationService.ObservationServiceClient(suite.Channel).RecordObservationAsync(
            new() { Observation = Definitions.Attacks("RWA", 91) }
        );
        await KnowsAminaAsync(suite);
        await BoardShowsAsync(suite, tls, amina);
        await RefusesWithoutAsync(suite, tls);
        await RefusesOfAnotherCaAsync(suite, tls);
        await EwShowsItsOwnAsync(suite, tls, amina);
        await ShutsOutWhomTheNextCaDoesNotSignAsync(suite, tls);
    }

    /// <summary>The name of the certificate is on record, and one that is declared beside it is not heard.</summary>
    private static async Task KnowsAminaAsync(SuiteProcess suite)
    {
        var server = new ServerService.ServerServiceClient(suite.Channel);
        await server.UnarmSuiteAsync(new() { Reason = "A first load." }, new Metadata { { "ew-actor", "somebody else" } });
        var status = await server.GetStatusAsync(new());
        Assert.Contains(status.Lines, line =>
            line.Text.StartsWith("UNARMED", StringComparison.Ordinal) && line.Text.Contains(" by Amina:", StringComparison.Ordinal)
        );
        await server.ArmSuiteAsync(new());
    }

    /// <summary>The board itself calls the suite, by a certificate that no CA signed.</summary>
    private static async Task BoardShowsAsync(SuiteProcess suite, TlsFolder tls, (string, string) amina)
    {
        using var handler = new SocketsHttpHandler { SslOptions = tls.Trust(amina) };
        using HttpClient http = new(handler) { BaseAddress = suite.Http };
        await Eventually.HoldsAsync(
            async () =>
                (await http.GetStringAsync(new Uri("/", UriKind.Relative))).Contains("data-country=\"RWA\"", StringComparison.Ordinal),
            "Rwanda on the board"
        );
    }

    private static async Task RefusesWithoutAsync(SuiteProcess suite, TlsFolder tls)
    {
        using var handler = new SocketsHttpHandler { SslOptions = tls.Trust() };
        using HttpClient http = new(handler) { BaseAddress = suite.Http };
        foreach (
            var (path, code) in new[]
            {
                ("/healthz", HttpStatusCode.OK),
                ("/readyz", HttpStatusCode.OK),
                ("/", HttpStatusCode.Unauthorized),
                ("/metrics", HttpStatusCode.Unauthorized),
                ("/v1/status", HttpStatusCode.Unauthorized),
            }
        )
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((path, code), (path, answer.StatusCode));
        }

        using var channel = Connect(suite, tls, null);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ServerService.ServerServiceClient(channel).GetStatusAsync(new())
        );
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Contains("no certificate that names its caller", refused.Status.Detail, StringComparison.Ordinal);

        using var reserved = Connect(suite, tls, tls.Authority.Client("CN=Suite"));
        refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ServerService.ServerServiceClient(reserved).GetStatusAsync(new())
        );
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    private static async Task RefusesOfAnotherCaAsync(SuiteProcess suite, TlsFolder tls)
    {
        using TestAuthority other = new();
        foreach (var shown in new[] { other.Client("CN=Amina"), tls.Authority.Server() })
        {
            using var channel = Connect(suite, tls, shown);
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await new ServerService.ServerServiceClient(channel).GetStatusAsync(new(), deadline: DateTime.UtcNow.AddSeconds(20))
            );
            Assert.Contains(refused.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal });
        }
    }

    private static async Task EwShowsItsOwnAsync(SuiteProcess suite, TlsFolder tls, (string Certificate, string Key) amina)
    {
        string[] shown = ["--cert", tls.Write("amina.pem", amina.Certificate), "--key", tls.Write("amina-key.pem", amina.Key)];
        var well = await EwProcess.RunAsync(suite, ["rank", "--framework", "one", "--ca", tls.ClientCa, .. shown]);
        Assert.True(well.Code == 0 && well.Out.Contains("RWA", StringComparison.Ordinal), $"{well.Out}\n{well.Error}");

        var without = await EwProcess.RunAsync(suite, "rank", "--framework", "one", "--ca", tls.ClientCa);
        Assert.Equal(1, without.Code);
        Assert.Contains("Give it with --cert and --key", without.Error, StringComparison.Ordinal);
    }

    /// <summary>What Amina has open ends, and her connection is good for nothing more; the suite's own clients go on.</summary>
    private static async Task ShutsOutWhomTheNextCaDoesNotSignAsync(SuiteProcess suite, TlsFolder tls)
    {
        using TestAuthority next = new("The next CA");
        using var watch = new RiskService.RiskServiceClient(suite.Channel).WatchCountryRisks(new() { Parent = "frameworks/one" });
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        tls.Write("ca.pem", next.Pem);

        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken)) { }
        });
        Assert.Equal(StatusCode.Unauthenticated, ended.StatusCode);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ServerService.ServerServiceClient(suite.Channel).GetStatusAsync(new())
        );
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        await BoardShowsAsync(suite, tls, next.Client("CN=Bela"));
    }

    private static GrpcChannel Connect(SuiteProcess suite, TlsFolder tls, (string, string)? shown) =>
        GrpcChannel.ForAddress(
            $"https://127.0.0.1:{suite.GrpcPort}",
            new()
            {
                HttpHandler = new SocketsHttpHandler { SslOptions = tls.Trust(shown) },
                DisposeHttpClient = true,
            }
        );
}

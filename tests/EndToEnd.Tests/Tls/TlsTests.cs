using System.Net.Security;
using System.Net.Sockets;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.RealInput;
using EarlyWarning.V1;
using Microsoft.Playwright;

namespace EarlyWarning.EndToEnd.Tests.Tls;

/// <summary>A suite that serves HTTPS, to clients, browsers and <c>ew</c>, while its certificate is renewed.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task Suite_WithACertificate_ServesAllOverTlsAndGoesOnWhileItIsRenewed()
    {
        using TlsFolder tls = new();
        using TemporaryFolder folder = new();
        await using var suite = SuiteProcess.In(folder.Path, tls: tls.Trust());
        Assert.True(await suite.StartAsync(null, tls.Arguments), suite.Output);
        await Eventually.HoldsAsync(
            () => suite.Output.Contains($"board https://127.0.0.1:{suite.HttpPort}/   gRPC https://127.0.0.1:", StringComparison.Ordinal),
            "its addresses"
        );
        await Definitions.DefineOneAsync(suite.Channel);
        var observations = new ObservationService.ObservationServiceClient(suite.Channel);
        await observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("RWA", 91) });

        await BoardShowsAsync(suite, "RWA");
        await JsonAnswersAsync(suite, tls);
        await EwSaysWhatIsWrongAsync(suite, tls);

        var first = await ShownAsync(suite.GrpcPort);
        var renewed = tls.Authority.Server(until: DateTimeOffset.UtcNow.AddDays(10));
        tls.Write("cert.pem", renewed.Certificate);
        await CertificateLineAsync(suite, Health.Failing, "cannot be served");
        Assert.Equal(first, await ShownAsync(suite.GrpcPort));

        tls.Write("key.pem", renewed.Key);
        await CertificateLineAsync(suite, Health.Attention, "holds for 10 days");
        Assert.NotEqual(first, await ShownAsync(suite.GrpcPort));
        Assert.NotEqual(first, await ShownAsync(suite.HttpPort));
        var metrics = await Metrics.OfAsync(suite);
        Assert.Contains("earlywarning_tls_certificate_expires_seconds", metrics.Names);
        Assert.Contains("earlywarning_tls_certificate_refused", metrics.Names);
        await observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("KEN", 92) });
        await BoardShowsAsync(suite, "KEN");
    }

    private static async Task BoardShowsAsync(SuiteProcess suite, string country)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                ],
            }
        );
        await using var context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true });
        var page = await context.NewPageAsync();
        var socket = page.WaitForWebSocketAsync();
        await page.GotoAsync(suite.Http.ToString());
        await Assertions.Expect(page.Locator($"[data-country='{country}']").First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        Assert.StartsWith("wss://", (await socket).Url, StringComparison.Ordinal);
    }

    private static async Task JsonAnswersAsync(SuiteProcess suite, TlsFolder tls)
    {
        foreach (var version in new Version[] { new(1, 1), new(2, 0) })
        {
            using var handler = new SocketsHttpHandler { SslOptions = tls.Trust() };
            using HttpClient http = new(handler)
            {
                BaseAddress = suite.Http,
                DefaultRequestVersion = version,
                DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var answer = await http.GetAsync(new Uri("/v1/cases/none", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(version, answer.Version);
            Assert.Contains(
                $"https://127.0.0.1:{suite.HttpPort}/errors/NOT_FOUND",
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }

        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () =>
            await new CaseService.CaseServiceClient(suite.Channel).GetCaseAsync(new() { Name = "cases/none" })
        );
        var help = Grpc.Core.RpcExceptionExtensions.GetRpcStatus(refused)!.GetDetail<Google.Rpc.Help>()!;
        Assert.StartsWith($"https://127.0.0.1:{suite.HttpPort}/errors/", help.Links[0].Url, StringComparison.Ordinal);
    }

    private static async Task EwSaysWhatIsWrongAsync(SuiteProcess suite, TlsFolder tls)
    {
        var well = await EwProcess.RunAsync(suite, "rank", "--framework", "one", "--ca", tls.ClientCa);
        Assert.True(well.Code == 0 && well.Out.Contains("RWA", StringComparison.Ordinal), $"{well.Out}\n{well.Error}");

        var unknown = await EwProcess.RunAsync(suite, "info");
        Assert.Equal(3, unknown.Code);
        Assert.Contains("this machine does not know the CA of its certificate (CN=A test's CA)", unknown.Error, StringComparison.Ordinal);

        var plain = await EwProcess.RunAsync(suite, "info", "--endpoint", $"http://127.0.0.1:{suite.GrpcPort}");
        Assert.Equal(3, plain.Code);
        Assert.Contains($"If it speaks TLS, give https://127.0.0.1:{suite.GrpcPort}", plain.Error, StringComparison.Ordinal);
    }

    private static async Task CertificateLineAsync(SuiteProcess suite, Health health, string text)
    {
        var seen = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                var status = await new ServerService.ServerServiceClient(suite.Channel).GetStatusAsync(new());
                var line = Assert.Single(status.Lines, line => line.Subject == "certificate");
                seen = line.ToString();
                return line.Health == health && line.Text.Contains(text, StringComparison.Ordinal);
            },
            $"the line certificate says {health}, {text}",
            seen: () => seen
        );
    }

    /// <summary>Connects anew, and gives the certificate that is shown.</summary>
    private static async Task<string> ShownAsync(int port)
    {
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        var hash = "";
        await using SslStream stream = new(client.GetStream(), false, (_, certificate, _, _) =>
            (hash = certificate?.GetCertHashString() ?? "").Length > 0
        );
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", ApplicationProtocols = [SslApplicationProtocol.Http2] }
        );
        return hash;
    }
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Cli.Tests.Infrastructure;

namespace EarlyWarning.Cli.Tests.Connection;

/// <summary>What a user reads where a connection over TLS does not come about.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TlsTests()
    {
        _listener.Start();
        Address = _listener.LocalEndpoint.ToString()!;
    }

    private string Address { get; }

    private string Ca => _folder.Write("ca.pem", _authority.Pem);

    public void Dispose()
    {
        _listener.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Info_CaNotKnown_NamesItAndTheOption() =>
        await FailsAsync(
            _authority.Server(),
            "this machine does not know the CA of its certificate (CN=A test's CA). Give the CA's certificate with --ca or EW_CA."
        );

    [Fact]
    public async Task Info_CertificateOfAnotherCa_NamesTheFileThatWasGiven()
    {
        using TestAuthority other = new("Another");
        await FailsAsync(other.Server(), $"(CN=localhost, by CN=Another) is not one of the CA in {Ca}", "--ca", Ca);
    }

    [Fact]
    public async Task Info_CertificateForAnotherName_SaysForWhich() =>
        await FailsAsync(
            _authority.Server(dns: "ew.example.org", loopback: false),
            "its certificate is for ew.example.org, and not for 127.0.0.1.",
            "--ca",
            Ca
        );

    [Fact]
    public async Task Info_CertificateExpired_SaysUntilWhen() =>
        await FailsAsync(
            _authority.Server(
                until: new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.Zero),
                from: new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero)
            ),
            "its certificate holds from 2025-12-01 00:00 to 2026-01-02 03:04 UTC, which is not now.",
            "--ca",
            Ca
        );

    [Fact]
    public async Task Info_HttpsToASuiteWithoutTls_NamesTheOtherAddress()
    {
        await using var suite = await FakeSuite.StartAsync();
        var plain = new Uri(suite.Endpoint).Authority;

        var run = await suite.EwAsync("info", "--endpoint", $"https://{plain}", "--timeout", "20s");

        Assert.Equal(3, run.Code);
        Assert.Contains($"A suite without TLS is at http://{plain}: give that", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("--cert and --key (EW_CERT, EW_KEY) belong together", "--cert", "c.pem")]
    [InlineData("--cert and --key (EW_CERT, EW_KEY) belong together", "--key", "k.pem")]
    [InlineData("--ca /nonexistent.pem cannot be read", "--ca", "/nonexistent.pem")]
    [InlineData("--cert /nonexistent.pem cannot be read", "--cert", "/nonexistent.pem", "--key", "/nonexistent.pem")]
    [InlineData(
        "--ca and --cert are for https, and the address is http://127.0.0.1:1. Give https://127.0.0.1:1",
        "--ca",
        "ca.pem",
        "--endpoint",
        "http://127.0.0.1:1"
    )]
    public async Task Info_FilesThatAreNone_SaysSoWithCode2(string expected, params string[] given)
    {
        var run = await Run.EwAsync(new Dictionary<string, string> { ["EW_ENDPOINT"] = $"https://{Address}" }, ["info", .. given]);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_KeyOfAnotherCertificate_SaysSo()
    {
        var cert = _folder.Write("c.pem", _authority.Client("CN=Amina").Certificate);
        var key = _folder.Write("k.pem", _authority.Client("CN=Amina").Key);

        var run = await Run.EwAsync("info", "--endpoint", $"https://{Address}", "--cert", cert, "--key", key);

        Assert.Equal(2, run.Code);
        Assert.Contains(
            $"--key {key} has no key without a password that belongs to the certificate in {cert}.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    /// <summary>Answers one handshake with a certificate, and expects the command to end with a sentence.</summary>
    private async Task FailsAsync((string Certificate, string Key) shown, string reason, params string[] more)
    {
        var serving = ServeAsync(shown);
        var run = await Run.EwAsync(["info", "--endpoint", $"https://{Address}", "--timeout", "20s", .. more]);
        _listener.Stop();
        await serving;

        Assert.Equal(3, run.Code);
        Assert.StartsWith($"ew: no safe connection to the suite at https://{Address}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    private async Task ServeAsync((string Certificate, string Key) shown)
    {
        using var certificate = X509Certificate2.CreateFromPem(shown.Certificate, shown.Key);
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                await using SslStream stream = new(client.GetStream());
                try
                {
                    await stream.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions
                        {
                            ServerCertificate = certificate,
                            ApplicationProtocols = [SslApplicationProtocol.Http2],
                        }
                    );
                    _ = await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken);
                }
                catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The command does not trust it.
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException or OperationCanceledException)
        {
            // The test is over.
        }
    }
}

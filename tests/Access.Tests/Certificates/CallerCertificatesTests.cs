using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;

namespace EarlyWarning.Access.Tests.Certificates;

/// <summary>Who a caller is where certificates are asked for.</summary>
public sealed class CallerCertificatesTests
{
    private static CallerCertificates Trusting(params X509Certificate2[] roots) =>
        new(() => new([.. roots]), certificate => certificate.Subject == "CN=own", TimeProvider.System);

    [Theory]
    [InlineData("CN=Amina, O=Watch desk", "https://desk.example/amina", "amina.example", "Amina")]
    [InlineData("O=Watch desk", "https://desk.example/amina", "amina.example", "https://desk.example/amina")]
    [InlineData("O=Watch desk", null, "amina.example", "amina.example")]
    [InlineData("O=Watch desk", null, null, null)]
    [InlineData("CN=Suite", null, "amina.example", null)]
    [InlineData("CN=own", null, null, "suite")]
    public void NameOf_Certificate_IsCommonNameThenUriThenDns(string subject, string? uri, string? dns, string? name)
    {
        using var certificate = Make(subject, uri, dns);
        Assert.Equal(name, Trusting().NameOf(certificate));
    }

    [Fact]
    public void NameOf_UriBeyondAHundredCharacters_IsNone()
    {
        using var certificate = Make("O=Watch desk", $"https://desk.example/{new string('x', 100)}", null);
        Assert.Null(Trusting().NameOf(certificate));
    }

    [Theory]
    [InlineData(false, null, null, null, "certificate")]
    [InlineData(false, "CN=Amina", null, "Amina", null)]
    [InlineData(false, "O=Watch desk", null, null, "certificate")]
    [InlineData(true, "CN=Amina", true, "a partner", null)]
    [InlineData(true, null, true, null, "certificate")]
    [InlineData(true, "CN=Amina", false, null, "API key")]
    [InlineData(true, "CN=Amina", null, null, "API key")]
    public async Task Call_OnConnection_IsTheKeysOrElseTheCertificates(
        bool keys,
        string? subject,
        bool? sendsKey,
        string? name,
        string? lacks
    )
    {
        using TemporaryFolder folder = new();
        KeyFile file = new(folder.In("keys.json"), TimeProvider.System);
        var key = keys ? (await file.AddAsync("a partner", Any.Roles, expires: null, TestContext.Current.CancellationToken)).Key : "none";
        using var shown = subject is null ? null : Make(subject, null, null);
        await using SmallServer server = new();
        await server.StartAsync(new ApiKeys(file), null, shown is null ? Trusting() : Trusting(shown), shown);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/who", UriKind.Relative));
        request.Headers.Authorization = sendsKey is { } known ? new AuthenticationHeaderValue("Bearer", known ? key : "unknown") : null;

        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(name is null ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(name ?? $"has no {lacks}", body, StringComparison.Ordinal);
        using var health = await server.Http.GetAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    private static X509Certificate2 Make(string subject, string? uri, string? dns)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if ((uri ?? dns) is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            if (uri is not null)
            {
                names.AddUri(new(uri));
            }

            if (dns is not null)
            {
                names.AddDnsName(dns);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

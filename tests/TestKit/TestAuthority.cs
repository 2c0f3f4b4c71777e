using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EarlyWarning.TestKit;

/// <summary>A CA of a test's own, which signs whatever is asked of it.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "A test's CA")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(2));
    }

    /// <summary>The root, as a file has it.</summary>
    public string Pem => _root.ExportCertificatePem();

    /// <summary>The root.</summary>
    public X509Certificate2 Root => _root;

    /// <summary>Signs one for a server at loopback, and gives certificate and key as files have them.</summary>
    public (string Certificate, string Key) Server(
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        string dns = "localhost",
        bool loopback = true
    )
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dns);
        if (loopback)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        return Sign($"CN={dns}", "1.3.6.1.5.5.7.3.1", names, from, until);
    }

    /// <summary>Signs one for a caller.</summary>
    public (string Certificate, string Key) Client(string subject, Uri? uri = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("caller.example");
        if (uri is not null)
        {
            names.AddUri(uri);
        }

        return Sign(subject, "1.3.6.1.5.5.7.3.2", names, null, null);
    }

    public void Dispose() => _root.Dispose();

    private (string Certificate, string Key) Sign(
        string subject,
        string use,
        SubjectAlternativeNameBuilder names,
        DateTimeOffset? from,
        DateTimeOffset? until
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(use)], false));
        using var signed = request.Create(
            _root,
            from ?? DateTimeOffset.UtcNow.AddDays(-1),
            until ?? DateTimeOffset.UtcNow.AddDays(90),
            RandomNumberGenerator.GetBytes(8)
        );
        return (signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}

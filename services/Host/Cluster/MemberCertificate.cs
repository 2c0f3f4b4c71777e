using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EarlyWarning.Host.Cluster;

/// <summary>Makes the certificates by which a suite's processes know each other.</summary>
internal static class MemberCertificate
{
    /// <summary>How far the clocks of two machines may be apart for one to believe what the other has just signed.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromDays(1);

    /// <summary>How long a process shows one certificate before it makes itself another.</summary>
    public static readonly TimeSpan Use = TimeSpan.FromHours(12);

    private static readonly OidCollection s_uses = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];

    /// <summary>Makes an authority with its key. It lasts as long as its epoch does.</summary>
    public static X509Certificate2 Authority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=early-warning suite", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(now - (2 * Skew), now.AddYears(100));
    }

    /// <summary>Makes a process's certificate with its key, for both ends of a connection.</summary>
    public static X509Certificate2 Member(X509Certificate2 authority, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=early-warning process", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(s_uses, true));

        // Never from before its authority, which a clock that is behind would ask for.
        var from = now - Skew < authority.NotBefore ? authority.NotBefore : now - Skew;
        using var signed = request.Create(authority, from, now + Use + Skew, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Whether a certificate is one that the authority has signed for a process, and holds now.</summary>
    public static bool IsMember(X509Certificate2 shown, X509Certificate2 authority, DateTimeOffset now)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        foreach (var use in s_uses)
        {
            chain.ChainPolicy.ApplicationPolicy.Add(use);
        }

        return chain.Build(shown);
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EarlyWarning.Access.Certificates;

/// <summary>The CA that signs callers' certificates. Immutable.</summary>
/// <param name="authorities">Its roots, and intermediates where there are some.</param>
public sealed class CallerTrust(X509Certificate2Collection authorities)
{
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>Whether a certificate has signed itself.</summary>
    public static bool IsRoot(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
    }

    /// <summary>
    /// Makes the policy by which a connection's certificate is checked: one of this CA, for clients. Revocation is not looked up.
    /// </summary>
    public X509ChainPolicy Policy()
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientUse));
        foreach (var certificate in authorities)
        {
            (IsRoot(certificate) ? policy.CustomTrustStore : policy.ExtraStore).Add(certificate);
        }

        return policy;
    }

    /// <summary>Whether the CA has signed a certificate that holds at a moment.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="between">Those that its connection showed beside it.</param>
    /// <param name="now">The moment.</param>
    internal bool Signs(X509Certificate2 certificate, X509Certificate2Collection between, DateTimeOffset now)
    {
        using X509Chain chain = new() { ChainPolicy = Policy() };
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        try
        {
            return chain.Build(certificate);
        }
        catch (CryptographicException)
        {
            // No chain can be made of it.
            return false;
        }
    }
}

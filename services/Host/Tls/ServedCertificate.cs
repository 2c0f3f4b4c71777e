using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EarlyWarning.Host.Tls;

/// <summary>A certificate in force, with how connections are made by it. Immutable; connections that began by it go on when another is in force.</summary>
internal sealed class ServedCertificate
{
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>Makes what both addresses serve by.</summary>
    /// <param name="leaf">The certificate with its key.</param>
    /// <param name="chain">Those that lead to its CA.</param>
    /// <param name="clientRoots">The roots that sign callers' certificates; <see langword="null"/> where callers are not asked for one.</param>
    /// <param name="isOwn">Knows the certificate of the suite's own clients, which no CA has signed.</param>
    public ServedCertificate(
        X509Certificate2 leaf, X509Certificate2Collection chain, X509Certificate2Collection? clientRoots, Func<X509Certificate, bool> isOwn)
    {
        Leaf = leaf;
        var trust = clientRoots is null ? null : SslCertificateTrust.CreateForX509Collection(clientRoots, sendTrustInHandshake: true);
        var context = SslStreamCertificateContext.Create(leaf, chain, offline: true, trust);
        Http = Options(SslApplicationProtocol.Http2, SslApplicationProtocol.Http11);
        Grpc = Options(SslApplicationProtocol.Http2);

        SslServerAuthenticationOptions Options(params List<SslApplicationProtocol> protocols)
        {
            var options = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = context,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = protocols,
            };
            if (clientRoots is not null)
            {
                options.ClientCertificateRequired = true;
                options.CertificateChainPolicy = Policy(clientRoots);

                // A resumed connection would be one of a CA that was taken out meanwhile.
                options.AllowTlsResume = false;

                // Whoever shows none is told so in words, by what answers to callers who are known alone.
                options.RemoteCertificateValidationCallback = (_, shown, _, errors) => shown is null || errors == SslPolicyErrors.None || isOwn(shown);
            }

            return options;
        }
    }

    /// <summary>The suite's certificate.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>How connections to the HTTP address are made.</summary>
    public SslServerAuthenticationOptions Http { get; }

    /// <summary>How connections to the gRPC address are made.</summary>
    public SslServerAuthenticationOptions Grpc { get; }

    private static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientUse));
        foreach (var certificate in roots)
        {
            (CertificateFiles.IsRoot(certificate) ? policy.CustomTrustStore : policy.ExtraStore).Add(certificate);
        }

        return policy;
    }
}

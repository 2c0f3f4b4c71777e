using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Access.Certificates;

namespace EarlyWarning.Host.Tls;

/// <summary>
/// A certificate in force, with how connections are made by it. Immutable; connections that began by it go on when another is in force.
/// </summary>
internal sealed class ServedCertificate
{
    /// <summary>Makes what both addresses serve by.</summary>
    /// <param name="leaf">The certificate with its key.</param>
    /// <param name="chain">Those that lead to its CA.</param>
    /// <param name="clientCa">The CA that signs callers' certificates; <see langword="null"/> where callers are not asked for one.</param>
    /// <param name="callers">Decides of callers' certificates.</param>
    public ServedCertificate(
        X509Certificate2 leaf,
        X509Certificate2Collection chain,
        X509Certificate2Collection? clientCa,
        CallerCertificates? callers
    )
    {
        Leaf = leaf;
        Trust = clientCa is null ? null : new(clientCa);
        var trust = clientCa is null ? null : SslCertificateTrust.CreateForX509Collection(clientCa, sendTrustInHandshake: true);
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
            if (Trust is not null && callers is not null)
            {
                options.ClientCertificateRequired = true;
                options.CertificateChainPolicy = Trust.Policy();

                // A resumed connection would be one of a CA that was taken out meanwhile.
                options.AllowTlsResume = false;
                options.RemoteCertificateValidationCallback = (_, shown, chain, errors) => callers.Admits(shown, chain, errors);
            }

            return options;
        }
    }

    /// <summary>The suite's certificate.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>The CA that signs callers' certificates; <see langword="null"/> where callers are not asked for one.</summary>
    public CallerTrust? Trust { get; }

    /// <summary>How connections to the HTTP address are made.</summary>
    public SslServerAuthenticationOptions Http { get; }

    /// <summary>How connections to the gRPC address are made.</summary>
    public SslServerAuthenticationOptions Grpc { get; }
}

using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Tls;
using EarlyWarning.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EarlyWarning.Host.Forwarding;

/// <summary>A feature of a connection: another process of the suite has made it, and has shown that it is one.</summary>
internal sealed class PeerConnection
{
    private static readonly PeerConnection s_one = new();

    private PeerConnection() { }

    /// <summary>Whether a call came by such a connection.</summary>
    public static bool Is(HttpContext context) => context.Features.Get<PeerConnection>() is not null;

    /// <summary>Listens for the suite's other processes, and lets nobody else past the handshake.</summary>
    public static void Listen(KestrelServerOptions kestrel, IPEndPoint peer, SuiteAuthority authority) => kestrel.Listen(peer, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(
                new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ =>
                        ValueTask.FromResult(
                            new SslServerAuthenticationOptions
                            {
                                ServerCertificate = authority.Own,
                                ClientCertificateRequired = true,
                                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                                RemoteCertificateValidationCallback = (_, shown, _, _) => authority.IsMember(shown as X509Certificate2),
                            }
                        ),
                }
            );
            listen.Use(serve =>
                connection =>
                {
                    connection.Features.Set(s_one);
                    return serve(connection);
                }
            );
        });

    /// <summary>
    /// Shows a call that was forwarded as it reached the process that forwarded it; one that the process itself makes, as the suite's own.
    /// </summary>
    public static void Restore(HttpContext context, TlsCertificates? tls)
    {
        var request = context.Request;
        if (request.Headers[PeerHeaders.Host] is not [{ } host])
        {
            context.Features.Set<ITlsConnectionFeature>(new Shown(tls?.Own));
            return;
        }

        request.Host = new(host);
        request.Scheme = request.Headers[PeerHeaders.Scheme].ToString();
        context.Connection.RemoteIpAddress = IPAddress.TryParse(request.Headers[PeerHeaders.Address], out var address) ? address : null;
        context.Features.Set<ITlsConnectionFeature>(new Shown(CertificateOf(request.Headers[PeerHeaders.Certificate].ToString(), tls)));
        if (int.TryParse(request.Headers[PeerHeaders.Pages], NumberStyles.None, CultureInfo.InvariantCulture, out var pages))
        {
            context.Features.Set(new ErrorPagesAddress(pages));
        }
    }

    private static X509Certificate2? CertificateOf(string shown, TlsCertificates? tls)
    {
        if (shown.Length == 0 || tls?.Callers is not { } callers)
        {
            return null;
        }

        if (shown == PeerHeaders.OwnCertificate)
        {
            return tls.Own;
        }

        try
        {
            X509Certificate2[] all =
            [
                .. shown.Split(',').Select(one => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(one))),
            ];
            return callers.Forwarded(all[0], all[1..]);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            // A process of another build: its caller is not known.
            return null;
        }
    }

    /// <summary>What the caller's connection has shown. A call's own: calls of several callers come by one connection.</summary>
    private sealed class Shown(X509Certificate2? certificate) : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; } = certificate;

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }
}

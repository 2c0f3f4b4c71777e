using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Access.Keys;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Tls;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.Host.Clients;

/// <summary>How the suite's own clients, the board and an exercise, call its gRPC address.</summary>
/// <param name="options">Where it is.</param>
/// <param name="keys">Has the key that they show, whether or not one is asked for.</param>
/// <param name="tls">The certificate that they trust, and no other; <see langword="null"/> for plain HTTP.</param>
internal sealed class OwnClient(SuiteOptions options, ApiKeys keys, TlsCertificates? tls)
{
    /// <summary>Opens a connection, which is made when it is first used.</summary>
    public GrpcChannel Connect()
    {
        var transport = tls is null ? ChannelCredentials.Insecure : ChannelCredentials.SecureSsl;
        return GrpcChannel.ForAddress(
            $"{options.Scheme}://{options.Grpc}",
            new()
            {
                MaxReceiveMessageSize = 64 << 20,
                MaxReconnectBackoff = TimeSpan.FromSeconds(2),
                UnsafeUseInsecureChannelCallCredentials = true,
                DisposeHttpClient = true,
                HttpHandler = Handler(),
                Credentials = ChannelCredentials.Create(
                    transport,
                    CallCredentials.FromInterceptor(
                        (_, metadata) =>
                        {
                            metadata.Add("authorization", $"Bearer {keys.OwnKey}");
                            return Task.CompletedTask;
                        }
                    )
                ),
            }
        );
    }

    private SocketsHttpHandler Handler()
    {
        // The suite is on this machine: a proxy has no part in it.
        SocketsHttpHandler handler = new() { EnableMultipleHttp2Connections = true, UseProxy = false };
        if (tls is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => tls.IsServed(shown);
            handler.SslOptions.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(tls.Own, null, offline: true);
        }

        return handler;
    }
}

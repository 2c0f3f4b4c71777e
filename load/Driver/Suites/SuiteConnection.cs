using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace EarlyWarning.Driver.Suites;

/// <summary>A connection to one address of a suite, for one caller's key.</summary>
internal sealed class SuiteConnection : IDisposable
{
    private readonly GrpcChannel _channel;

    /// <summary>Connects when the first call is made.</summary>
    /// <param name="address">Where the suite takes gRPC.</param>
    /// <param name="key">The caller's key; empty for none.</param>
    /// <param name="authority">A file of the authorities that vouch for the suite's certificate; <see langword="null"/> for the
    /// system's.</param>
    public SuiteConnection(Uri address, string key = "", string? authority = null)
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, SslOptions = Trust(authority) };
        _channel = GrpcChannel.ForAddress(
            address,
            new()
            {
                HttpHandler = handler,
                DisposeHttpClient = true,
                MaxReceiveMessageSize = 64 << 20,
                // A suite that is back is found at once; by default a client waits ever longer, up to two minutes.
                MaxReconnectBackoff = TimeSpan.FromSeconds(1),
            }
        );
        Invoker =
            key.Length == 0
                ? _channel.CreateCallInvoker()
                : _channel.Intercept(headers =>
                {
                    headers.Add("authorization", $"Bearer {key}");
                    return headers;
                });
    }

    /// <summary>What clients call through.</summary>
    public CallInvoker Invoker { get; }

    public void Dispose() => _channel.Dispose();

    private static SslClientAuthenticationOptions Trust(string? authority)
    {
        if (authority is null)
        {
            return new();
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authority);
        return new() { CertificateChainPolicy = policy };
    }
}

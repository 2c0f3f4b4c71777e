using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Store.Processes;
using Grpc.Core;
using Grpc.Net.Client;
using Yarp.ReverseProxy.Forwarder;

namespace EarlyWarning.Host.Forwarding;

/// <summary>Connects to the suite's other processes, and to nothing else: both ends show that they belong to it. Thread-safe.</summary>
internal sealed class PeerClient : IDisposable
{
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_ping = TimeSpan.FromSeconds(3);
    private readonly SuiteAuthority _authority;
    private readonly HttpClient _http;

    public PeerClient(SuiteAuthority authority)
    {
        _authority = authority;
        SocketsHttpHandler handler = new()
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 4 << 20,
            ConnectTimeout = s_connect,

            // A process that is gone without a word, by its machine or the net, is noticed while calls wait for it.
            KeepAlivePingDelay = s_ping,
            KeepAlivePingTimeout = s_ping,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
            SslOptions = new()
            {
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                LocalCertificateSelectionCallback = (_, _, _, _, _) => authority.Own,
                RemoteCertificateValidationCallback = (_, shown, _, _) => authority.IsMember(shown as X509Certificate2),
            },
        };
        Invoker = new(handler);
        _http = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Gets what sends a request to any of them.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>Where a process is reached.</summary>
    public static string AddressOf(SuiteProcess process) => $"https://{process.Peer}";

    /// <summary>Opens a channel to a process, as the suite itself.</summary>
    public GrpcChannel Open(SuiteProcess process) =>
        GrpcChannel.ForAddress(
            AddressOf(process),
            new()
            {
                HttpClient = _http,
                MaxReceiveMessageSize = 64 << 20,
                Credentials = ChannelCredentials.Create(
                    ChannelCredentials.SecureSsl,
                    CallCredentials.FromInterceptor(
                        (_, metadata) =>
                        {
                            metadata.Add("authorization", $"Bearer {_authority.Secret}");
                            return Task.CompletedTask;
                        }
                    )
                ),
            }
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        Invoker.Dispose();
    }
}

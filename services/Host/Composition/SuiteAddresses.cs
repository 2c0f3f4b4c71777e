using System.Net;
using System.Net.Security;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Forwarding;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Starting;
using EarlyWarning.Host.Tls;
using EarlyWarning.Messaging.Sidecars;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EarlyWarning.Host.Composition;

/// <summary>Where the parts of one suite listen. What only the suite itself connects to takes free loopback ports.</summary>
internal sealed class SuiteAddresses
{
    /// <summary>Stands in the silo's address, on which nothing listens.</summary>
    private const int UnusedPort = 11_111;

    private readonly SuiteOptions _options;
    private readonly Dictionary<string, int> _ports;
    private readonly int _connections;

    private SuiteAddresses(SuiteOptions options, Dictionary<string, int> ports, int connections) =>
        (_options, _ports, _connections) = (options, ports, connections);

    /// <summary>The Dapr app ids of the services of this process that publish or subscribe.</summary>
    public IReadOnlyList<string> AppIds => [.. _ports.Keys];

    /// <summary>Looks whether each address that is named is free, and another than the others.</summary>
    /// <exception cref="StartException">One is not.</exception>
    public static void Check(SuiteOptions options)
    {
        (string Flag, IPEndPoint Endpoint)[] named = [.. Named(options)];
        foreach (var (flag, endpoint) in named)
        {
            if (named.First(other => other.Endpoint.Equals(endpoint)) is { Flag: var other } && other != flag)
            {
                throw new StartException(
                    $"{other} and {flag} both say {endpoint}. The two need an address each: name another with one of them."
                );
            }

            if (!FreePort.IsFree(endpoint))
            {
                throw new StartException($"{flag} {endpoint} is in use. Stop what listens there, or name another address with {flag}.");
            }
        }
    }

    /// <summary>Takes the suite's own ports, none of which is one of those that the options name.</summary>
    /// <exception cref="StartException">More connections are asked for than this process may have.</exception>
    public static SuiteAddresses Take(SuiteOptions options)
    {
        int[] named = [.. Named(options).Select(one => one.Endpoint.Port)];
        return new(
            options,
            ModuleTable
                .Of(options)
                .Where(module => module.AppId is not null)
                .ToDictionary(module => module.AppId!, module => module.Subscribes ? FreePort.Take(named) : 0),
            OpenFiles.Connections(options.MaxConnections, OpenFiles.Limit())
        );
    }

    /// <summary>The AppCallback port of an app id; 0 for one that only publishes, or is none of this process.</summary>
    public int AppPort(string appId) => _ports.GetValueOrDefault(appId);

    /// <summary>Whether a port is one of those on which the suite, or a sidecar of it, listens.</summary>
    /// <param name="port">The port.</param>
    /// <param name="endpoints">Where the sidecars are, as far as they have been found.</param>
    public bool IsOwn(int port, DaprEndpoints endpoints) =>
        Named(_options).Any(named => named.Endpoint.Port == port)
        || _ports.ContainsValue(port)
        || AppIds.Any(id =>
            endpoints.TryGet(id, out var sidecar) && (port == sidecar.Grpc.Port || port == sidecar.Http?.Port || port == sidecar.AppPort)
        );

    /// <summary>The sidecars that are named; where none is, the app ports for one that is yet to be found.</summary>
    public DaprEndpoints Endpoints()
    {
        var endpoints = new DaprEndpoints();
        if (_options.Dapr.Count > 0)
        {
            foreach (var one in _options.Dapr.Where(one => AppIds.Contains(one.AppId)))
            {
                endpoints.Connect(new(one.AppId, one.Grpc, one.Http, one.AppPorts is [var port] ? port : 0, one.ApiToken, one.AppToken));
            }

            return endpoints;
        }

        foreach (var appId in AppIds.Where(id => AppPort(id) > 0))
        {
            endpoints.Listen(appId, AppPort(appId));
        }

        return endpoints;
    }

    /// <summary>
    /// Listens: on the two public addresses with the certificate, where there is one; for the suite's other processes by what they know
    /// each other; on loopback's own ports, on which sidecars call back, without.
    /// </summary>
    public void Listen(KestrelServerOptions kestrel, TlsCertificates? tls, SuiteAuthority? authority, DaprEndpoints endpoints)
    {
        kestrel.AddServerHeader = false;

        // Counted for each address by itself: who floods one is no hindrance on the other, nor to the messages within. Sockets of the board
        // are among them.
        kestrel.Limits.MaxConcurrentConnections = _connections;
        kestrel.Limits.Http2.MaxStreamsPerConnection = SuiteOptions.MaxStreams;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 8 << 20;
        kestrel.Limits.Http2.InitialStreamWindowSize = 4 << 20;
        ListenHttp(kestrel, tls);
        kestrel.Listen(_options.Grpc, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            Secure(listen, tls, certificate => certificate.Grpc);
        });
        if (_options.Peer is { } peer && authority is not null)
        {
            PeerConnection.Listen(kestrel, peer, authority);
        }

        foreach (var port in endpoints.AppPorts)
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
        }
    }

    /// <summary>Listens on the HTTP address alone, while the suite itself cannot yet.</summary>
    public void ListenWhileWaiting(WebApplicationBuilder builder, TlsCertificates? tls) =>
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = _connections;
            ListenHttp(kestrel, tls);
        });

    private void ListenHttp(KestrelServerOptions kestrel, TlsCertificates? tls) => kestrel.Listen(_options.Http, listen =>
        {
            listen.Protocols = tls is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            Secure(listen, tls, certificate => certificate.Http);
        });

    private static IEnumerable<(string Flag, IPEndPoint Endpoint)> Named(SuiteOptions options) =>
        from one in new[] { ("--http", options.Http), ("--grpc", options.Grpc), ("--peer", options.Peer), ("--cluster", options.Cluster) }
        where one.Item2 is not null
        select (one.Item1, one.Item2);

    private static void Secure(ListenOptions listen, TlsCertificates? tls, Func<ServedCertificate, SslServerAuthenticationOptions> options)
    {
        if (tls is not null)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(options(tls.Current)) });
        }
    }

    /// <summary>One silo, known to nobody else, which listens nowhere.</summary>
    public static void Join(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(UnusedPort, gatewayPort: 0, null, "early-warning", "early-warning");
        SuiteSilo.MeasureSteadily(silo.Services);
        var listeners = silo.Services.Where(one => one.IsKeyedService && one.ServiceType == typeof(IConnectionListenerFactory));
        foreach (var listening in listeners.ToList())
        {
            silo.Services.Remove(listening);
            silo.Services.AddKeyedSingleton<IConnectionListenerFactory, NoListener>(listening.ServiceKey);
        }
    }
}

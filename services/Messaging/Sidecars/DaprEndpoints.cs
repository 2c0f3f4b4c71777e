using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EarlyWarning.Messaging.Events;

namespace EarlyWarning.Messaging.Sidecars;

/// <summary>
/// Where the sidecar of each app id is. Host registers one instance; an app's port is known before the application is built, the sidecar's
/// addresses perhaps only after it has started. Thread-safe.
/// </summary>
public sealed class DaprEndpoints
{
    private readonly ConcurrentDictionary<string, int> _appPorts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DaprEndpoint> _endpoints = new(StringComparer.Ordinal);

    /// <summary>Says on which loopback port an app id's AppCallback service listens. Call it before <c>MapSubscriber</c>.</summary>
    public void Listen(string appId, int appPort) => _appPorts[appId] = appPort;

    /// <summary>Says where an app id's sidecar is. Until then its publishers fail with <see cref="PublishFailedException"/>.</summary>
    public void Connect(DaprEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.AppPort > 0)
        {
            Listen(endpoint.AppId, endpoint.AppPort);
        }

        _endpoints[endpoint.AppId] = endpoint;
    }

    /// <summary>Finds an app id's sidecar.</summary>
    public bool TryGet(string appId, [MaybeNullWhen(false)] out DaprEndpoint endpoint) => _endpoints.TryGetValue(appId, out endpoint);

    /// <summary>The ports of all AppCallback services of this process.</summary>
    public IReadOnlyCollection<int> AppPorts => [.. _appPorts.Values];

    /// <summary>The port of an app id's AppCallback service.</summary>
    /// <exception cref="DaprEndpointException">Nobody said it.</exception>
    public int AppPort(string appId) =>
        _appPorts.TryGetValue(appId, out var port)
            ? port
            : throw new DaprEndpointException(
                $"The app id {appId} subscribes, but its AppCallback port is not known. Set EW_DAPR_{Key(appId)}_APP_PORT, or APP_PORT "
                    + $"where it is the only app id in this process."
            );

    /// <summary>
    /// Reads the sidecars that the environment names, or returns <see langword="null"/> where it names none. For the only app id of a
    /// process Dapr's own variables serve: <c>DAPR_GRPC_ENDPOINT</c> or <c>DAPR_GRPC_PORT</c>, <c>DAPR_HTTP_ENDPOINT</c> or
    /// <c>DAPR_HTTP_PORT</c>,
    /// <c>DAPR_API_TOKEN</c>, <c>APP_API_TOKEN</c>, <c>APP_PORT</c>. A process of several app ids needs a sidecar for each:
    /// <c>EW_DAPR_{APPID}_GRPC</c>, <c>_HTTP</c> (addresses), <c>_API_TOKEN</c>, <c>_APP_TOKEN</c>, <c>_APP_PORT</c>; the two tokens fall
    /// back to Dapr's own variables.
    /// </summary>
    /// <param name="appIds">The app ids of this process.</param>
    /// <param name="read">Reads a variable; the process's environment by default.</param>
    /// <exception cref="DaprEndpointException">The environment names sidecars for some of the app ids only, or a value is
    /// unusable.</exception>
    public static DaprEndpoints? FromEnvironment(IReadOnlyCollection<string> appIds, Func<string, string?>? read = null)
    {
        ArgumentNullException.ThrowIfNull(appIds);
        var variables = new Variables(read ?? Environment.GetEnvironmentVariable);
        var generic = variables.Endpoint("DAPR_GRPC_ENDPOINT", "DAPR_GRPC_PORT");
        if (generic is null && appIds.All(appId => variables.Value($"EW_DAPR_{Key(appId)}_GRPC") is null))
        {
            return null;
        }

        var endpoints = new DaprEndpoints();
        foreach (var appId in appIds)
        {
            endpoints.Connect(variables.For(appId, appIds.Count == 1 ? generic : null));
        }

        return endpoints;
    }

    private static string Key(string appId) => appId.ToUpperInvariant().Replace('-', '_');

    private sealed class Variables(Func<string, string?> read)
    {
        public string? Value(string name) => read(name) is { Length: > 0 } value ? value : null;

        public Uri? Endpoint(string name, string? portName = null)
        {
            if (Value(name) is { } address)
            {
                return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                    ? uri
                    : throw new DaprEndpointException($"{name} is '{address}': give an address such as http://127.0.0.1:50001.");
            }

            return portName is not null && Port(portName) is > 0 and var port ? new Uri($"http://127.0.0.1:{port}") : null;
        }

        public DaprEndpoint For(string appId, Uri? generic)
        {
            var prefix = $"EW_DAPR_{Key(appId)}_";
            var own = Endpoint(prefix + "GRPC");
            var grpc = own
                ?? generic
                ?? throw new DaprEndpointException(
                    $"The environment names a Dapr sidecar, but none for the app id {appId}. A sidecar serves one app id: set "
                        + $"{prefix}GRPC and {prefix}HTTP, or run the services apart with --services."
                );
            var http = (own is null ? Endpoint("DAPR_HTTP_ENDPOINT", "DAPR_HTTP_PORT") : Endpoint(prefix + "HTTP"))
                ?? throw new DaprEndpointException(
                    $"The sidecar of the app id {appId} has a gRPC address and no HTTP one, which its health is asked at: set "
                        + $"{(own is null ? "DAPR_HTTP_PORT" : prefix + "HTTP")}."
                );
            return new(
                appId,
                grpc,
                http,
                Port(prefix + "APP_PORT") is > 0 and var port ? port
                    : own is null ? Port("APP_PORT")
                    : 0,
                Value(prefix + "API_TOKEN") ?? Value("DAPR_API_TOKEN") ?? "",
                Value(prefix + "APP_TOKEN") ?? Value("APP_API_TOKEN") ?? ""
            );
        }

        private int Port(string name) =>
            Value(name) is not { } text ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536 ? port
            : throw new DaprEndpointException($"{name} is '{text}', which is not a port.");
    }
}

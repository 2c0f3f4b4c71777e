using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
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
            : throw new DaprEndpointException($"The app id {appId} subscribes, but its AppCallback port is not known.");
}

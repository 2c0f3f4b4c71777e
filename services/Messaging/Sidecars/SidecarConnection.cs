using System.Diagnostics.CodeAnalysis;
using Dapr.Client;
using Grpc.Core;
using Grpc.Net.Client;
using Proto = Dapr.Client.Autogen.Grpc.v1;

namespace EarlyWarning.Messaging.Sidecars;

/// <summary>The clients of one app id's sidecar, made when its address is known. Thread-safe; disposed with the container.</summary>
internal sealed class SidecarConnection(string appId, DaprEndpoints endpoints) : IDisposable
{
    private readonly Lock _lock = new();
    private SidecarClients? _clients;

    public string AppId => appId;

    /// <summary>Returns the clients, or <see langword="false"/> while nobody has said where the sidecar is.</summary>
    public bool TryGet([MaybeNullWhen(false)] out SidecarClients clients)
    {
        clients = Volatile.Read(ref _clients);
        if (!endpoints.TryGet(appId, out var endpoint))
        {
            return false;
        }

        if (clients?.Endpoint == endpoint)
        {
            return true;
        }

        lock (_lock)
        {
            if (_clients?.Endpoint != endpoint)
            {
                _clients?.Dispose();
                _clients = new(endpoint);
            }

            clients = _clients;
            return true;
        }
    }

    public void Dispose() => _clients?.Dispose();
}

/// <summary>The SDK's client of a sidecar, and the generated one for the part of the metadata that the SDK leaves out.</summary>
internal sealed class SidecarClients : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly Proto.Dapr.DaprClient _generated;

    public SidecarClients(DaprEndpoint endpoint)
    {
        Endpoint = endpoint;
        var builder = new DaprClientBuilder()
            .UseGrpcEndpoint(endpoint.Grpc.AbsoluteUri)
            .UseHttpEndpoint(endpoint.Http.AbsoluteUri)
            .UseTimeout(TimeSpan.FromSeconds(2))
            .UseGrpcChannelOptions(Options())
            // An empty token must not fall back to the environment's, which may be another app id's.
            .UseDaprApiToken(endpoint.DaprApiToken);
        Dapr = builder.Build();
        _channel = GrpcChannel.ForAddress(endpoint.Grpc, Options());
        _generated = new(_channel);
    }

    public DaprEndpoint Endpoint { get; }

    public DaprClient Dapr { get; }

    /// <summary>Reads what the sidecar has loaded, its subscriptions included.</summary>
    public async Task<Proto.GetMetadataResponse> MetadataAsync(CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        if (Endpoint.DaprApiToken.Length > 0)
        {
            headers.Add("dapr-api-token", Endpoint.DaprApiToken);
        }

        return await _generated.GetMetadataAsync(new(), headers, cancellationToken: cancellationToken);
    }

    public void Dispose()
    {
        Dapr.Dispose();
        _channel.Dispose();
    }

    /// <summary>After a long outage gRPC would look for the sidecar only every two minutes, and a breach would wait as long.</summary>
    private static GrpcChannelOptions Options() =>
        new() { ThrowOperationCanceledOnCancellation = true, MaxReconnectBackoff = TimeSpan.FromSeconds(1) };
}

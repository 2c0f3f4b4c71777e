using System.Security.Cryptography;
using System.Text;
using EarlyWarning.Messaging.Sidecars;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Messaging.Subscribing;

/// <summary>Endpoint metadata: for which app id a mapped AppCallback service answers, and on which port.</summary>
internal sealed record SubscribedApp(string AppId, int Port)
{
    /// <summary>Finds for whom a call is, and refuses one that came in by another port.</summary>
    public static SubscribedApp Of(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var app = http.GetEndpoint()?.Metadata.GetMetadata<SubscribedApp>()
            ?? throw new RpcException(new Status(StatusCode.Internal, "AppCallback is mapped without an app id; use MapSubscriber."));

        // RequireHost looks at the Host header, which the caller writes. The connection cannot be made up.
        return http.Connection.LocalPort == app.Port
            ? app
            : throw new RpcException(new Status(StatusCode.PermissionDenied, "This port does not serve the app callback."));
    }

    /// <summary>
    /// Refuses a delivery without the app's token. Only deliveries are asked for it: daprd sends none when it lists subscriptions or
    /// probes.
    /// </summary>
    public void Authenticate(ServerCallContext context, DaprEndpoints endpoints)
    {
        if (!endpoints.TryGet(AppId, out var endpoint))
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The sidecar's address and token are not known yet."));
        }

        if (endpoint.AppApiToken.Length > 0 && !Same(endpoint.AppApiToken, context.RequestHeaders.GetValue("dapr-api-token")))
        {
            throw new RpcException(
                new Status(StatusCode.Unauthenticated, "The dapr-api-token is missing or is not this app's (APP_API_TOKEN).")
            );
        }
    }

    private static bool Same(string expected, string? given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));
}

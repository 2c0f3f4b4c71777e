using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Messaging.Subscribing;

/// <summary>
/// The sidecar's probe of the app. It says that the app answers, so that messages wait while it does not; what the app itself lacks (a
/// store, a peer) is its readiness, and a delivery that meets it is retried.
/// </summary>
internal sealed class AppHealthService : AppCallbackHealthCheck.AppCallbackHealthCheckBase
{
    public override Task<HealthCheckResponse> HealthCheck(Empty request, ServerCallContext context)
    {
        _ = SubscribedApp.Of(context);
        return Task.FromResult(new HealthCheckResponse());
    }
}

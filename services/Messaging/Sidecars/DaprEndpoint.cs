namespace EarlyWarning.Messaging.Sidecars;

/// <summary>Where an app id's sidecar listens and where it calls the app back. Host makes one for each app id.</summary>
/// <param name="AppId">The Dapr app id: <c>risk</c>, <c>notification</c> or <c>escalation</c>.</param>
/// <param name="Grpc">The sidecar's gRPC API.</param>
/// <param name="Http">The sidecar's HTTP API, which the SDK asks for health.</param>
/// <param name="AppPort">The loopback port of this app's AppCallback service; 0 for an app that only publishes.</param>
/// <param name="DaprApiToken">What the app sends to the sidecar as <c>dapr-api-token</c>; empty where none is asked for.</param>
/// <param name="AppApiToken">What the sidecar sends to the app as <c>dapr-api-token</c>, checked by the app; empty where none is asked
/// for.</param>
public sealed record DaprEndpoint(string AppId, Uri Grpc, Uri Http, int AppPort, string DaprApiToken, string AppApiToken);

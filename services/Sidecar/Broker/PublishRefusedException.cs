using Grpc.Core;

namespace EarlyWarning.Sidecar.Broker;

/// <summary>A message that was not taken. The publisher has to publish it again, or differently.</summary>
internal sealed class PublishRefusedException(StatusCode code, string reason, Exception? inner = null) : Exception(reason, inner)
{
    public StatusCode Code { get; } = code;

    /// <summary>The name that daprd gives the refusal in the HTTP API.</summary>
    public string Error { get; init; } = code == StatusCode.PermissionDenied ? "ERR_PUBSUB_FORBIDDEN" : "ERR_PUBSUB_PUBLISH_MESSAGE";
}

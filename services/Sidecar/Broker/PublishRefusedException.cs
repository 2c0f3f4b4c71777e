using Grpc.Core;

namespace EarlyWarning.Sidecar.Broker;

/// <summary>A message that was not taken. The publisher has to publish it again, or differently.</summary>
internal sealed class PublishRefusedException(StatusCode code, string reason, Exception? inner = null) : Exception(reason, inner)
{
    public StatusCode Code { get; } = code;
}

using Dapr.Client.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Broker;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace EarlyWarning.Sidecar.Api;

/// <summary>
/// The part of Dapr's gRPC API that is served. <see cref="DaprMethods"/> binds it, and refuses the rest by name. It has no state of its
/// own: the connection says whose sidecar is meant.
/// </summary>
internal sealed class DaprApi
{
    public const string ServiceName = "dapr.proto.runtime.v1.Dapr";

    public static async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
    {
        var sidecar = Sidecar(context);
        try
        {
            await sidecar.PublishAsync(
                new(
                    sidecar.App.AppId,
                    request.PubsubName,
                    request.Topic,
                    request.Data,
                    request.DataContentType,
                    request.Metadata,
                    context.RequestHeaders.GetValue("traceparent") ?? "",
                    context.RequestHeaders.GetValue("tracestate") ?? ""
                )
            );
            return new();
        }
        catch (PublishRefusedException e)
        {
            throw new RpcException(new Status(e.Code, e.Message, e));
        }
    }

    public static Task<GetMetadataResponse> GetMetadata(GetMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(Sidecar(context).Metadata());

    public static Task<Empty> SetMetadata(SetMetadataRequest request, ServerCallContext context)
    {
        Sidecar(context).SetAttribute(request.Key, request.Value);
        return Task.FromResult(new Empty());
    }

    public static RpcException Refusal(string method) =>
        new(
            new Status(
                StatusCode.Unimplemented,
                method is "BulkPublishEvent" or "BulkPublishEventAlpha1"
                    ? $"{method} is not served by the local sidecar: publish the events one by one."
                    : $"{method} is not served by the local sidecar, which stands in for Dapr's publish and subscribe only. Run daprd "
                        + $"for it."
            )
        );

    /// <summary>Whose port the call came in by. Refuses it without that app's token.</summary>
    public static SidecarInstance Sidecar(ServerCallContext context)
    {
        var sidecar = context.GetHttpContext().Features.GetRequiredFeature<SidecarInstance>();
        return sidecar.Accepts(context.RequestHeaders.GetValue("dapr-api-token"))
            ? sidecar
            : throw new RpcException(
                new Status(StatusCode.Unauthenticated, "The dapr-api-token is missing or is not this sidecar's (DAPR_API_TOKEN).")
            );
    }
}

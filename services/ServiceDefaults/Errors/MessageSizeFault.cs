using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// Names the reason where gRPC itself refuses a message for its size: that happens before any interceptor runs, so the error details are added to
/// the trailers on the way out.
/// </summary>
public static class MessageSizeFault
{
    /// <summary>Adds the details to RESOURCE_EXHAUSTED answers that have none.</summary>
    public static IApplicationBuilder UseMessageSizeFault(this IApplicationBuilder app)
    {
        var details = Convert.ToBase64String(Fault.Of(StatusCode.ResourceExhausted, V1.ErrorReason.MessageTooLarge,
            "The message is larger than max_message_bytes of ServerInfo. Send smaller messages.").GetRpcStatus()!.ToByteArray()).TrimEnd('=');
        return app.Use(async (context, next) =>
        {
            await next(context);

            // An answer without a message has its status among the headers, one with a message behind it.
            var status = context.Response.HasStarted
                ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
                : context.Response.Headers;
            if (status is { IsReadOnly: false } && status["grpc-status"] == "8" && !status.ContainsKey("grpc-status-details-bin"))
            {
                status["grpc-status-details-bin"] = details;
            }
        });
    }
}

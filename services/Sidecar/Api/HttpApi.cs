using EarlyWarning.Sidecar.Broker;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace EarlyWarning.Sidecar.Api;

/// <summary>The part of Dapr's HTTP API that is served: health, which the SDK asks for here, metadata, and publishing with curl.</summary>
internal static class HttpApi
{
    public static void MapHttpApi(this IEndpointRouteBuilder app)
    {
        // As with daprd, health needs no token.
        app.MapGet("/v1.0/healthz", context => HealthAsync(context, Sidecar(context).Problem));
        app.MapGet("/v1.0/healthz/outbound", context => HealthAsync(context, Sidecar(context).OutboundProblem));
        app.MapGet("/v1.0/metadata", context => WithTokenAsync(context, sidecar =>
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(JsonFormatter.Default.Format(sidecar.Metadata()), context.RequestAborted);
            }));
        app.MapPost("/v1.0/publish/{pubSub}/{topic}", context => WithTokenAsync(context, sidecar => PublishAsync(context, sidecar)));
        app.MapFallback(context =>
            WithTokenAsync(context, _ =>
                ErrorAsync(
                    context,
                    StatusCodes.Status501NotImplemented,
                    "ERR_NOT_SUPPORTED",
                    $"{context.Request.Method} {context.Request.Path} is not served by the local sidecar, which stands in for Dapr's "
                        + $"publish and subscribe only."
                )
            )
        );
    }

    private static async Task PublishAsync(HttpContext context, SidecarInstance sidecar)
    {
        if (context.Request.ContentLength > MessageBroker.MaxEventBytes)
        {
            await ErrorAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                "ERR_PUBSUB_PUBLISH_MESSAGE",
                $"The local sidecar takes up to {MessageBroker.MaxEventBytes} bytes."
            );
            return;
        }

        // Metadata comes as metadata.cloudevent.id=... in the query.
        var metadata = context
            .Request.Query.Where(item => item.Key.StartsWith("metadata.", StringComparison.Ordinal))
            .ToDictionary(item => item.Key["metadata.".Length..], item => item.Value.ToString(), StringComparer.Ordinal);
        try
        {
            await sidecar.PublishAsync(
                new(
                    sidecar.App.AppId,
                    (string)context.GetRouteValue("pubSub")!,
                    (string)context.GetRouteValue("topic")!,
                    await ByteString.FromStreamAsync(context.Request.Body, context.RequestAborted),
                    context.Request.ContentType ?? "",
                    metadata,
                    context.Request.Headers["traceparent"].ToString(),
                    context.Request.Headers["tracestate"].ToString()
                )
            );
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (PublishRefusedException e)
        {
            await ErrorAsync(
                context,
                e.Error == SidecarInstance.NotFound ? StatusCodes.Status404NotFound : HttpStatus(e.Code),
                e.Error,
                e.Message
            );
        }
    }

    private static Task HealthAsync(HttpContext context, string? problem)
    {
        if (problem is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return ErrorAsync(context, StatusCodes.Status500InternalServerError, "ERR_HEALTH_NOT_READY", problem);
    }

    private static Task WithTokenAsync(HttpContext context, Func<SidecarInstance, Task> answer)
    {
        var sidecar = Sidecar(context);
        return sidecar.Accepts(context.Request.Headers["dapr-api-token"])
            ? answer(sidecar)
            : ErrorAsync(
                context,
                StatusCodes.Status401Unauthorized,
                "ERR_API_TOKEN",
                "The dapr-api-token is missing or is not this sidecar's (DAPR_API_TOKEN)."
            );
    }

    private static Task ErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new Dictionary<string, string> { ["errorCode"] = code, ["message"] = message },
            context.RequestAborted
        );
    }

    private static int HttpStatus(StatusCode code) =>
        code switch
        {
            StatusCode.InvalidArgument => StatusCodes.Status400BadRequest,
            StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
            StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
            StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };

    private static SidecarInstance Sidecar(HttpContext context) => context.Features.GetRequiredFeature<SidecarInstance>();
}

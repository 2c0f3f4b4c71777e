using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// Names the reason where routing, authentication or gRPC itself refuses a request, before any interceptor runs: the details are added on
/// the way out, as a body for HTTP and as trailers for gRPC.
/// </summary>
/// <param name="next">What comes after it.</param>
/// <param name="unknownPath">The error of a path that is not served, or not with this HTTP method.</param>
/// <param name="logger">Where to log.</param>
internal sealed class FaultMiddleware(RequestDelegate next, Func<HttpContext, RpcException> unknownPath, ILogger<FaultMiddleware> logger)
{
    private static readonly RpcException s_tooLarge = Fault.Of(
        StatusCode.ResourceExhausted,
        V1.ErrorReason.MessageTooLarge,
        "The message is larger than max_message_bytes of ServerInfo. Send smaller messages."
    );

    private static readonly RpcException s_unknown = Fault.Of(
        StatusCode.Unauthenticated,
        V1.ErrorReason.Unauthenticated,
        "The suite does not know who calls."
    );

    private static readonly RpcException s_denied = Fault.Of(
        StatusCode.PermissionDenied,
        V1.ErrorReason.PermissionDenied,
        "The caller may not do this. Ask an administrator."
    );

    private static readonly RpcException s_noContentType = Fault.Of(
        StatusCode.InvalidArgument,
        V1.ErrorReason.UnsupportedMediaType,
        "The content-type is not one that is taken here. Send application/grpc to an rpc, application/json to its JSON form."
    );

    /// <summary>The error of a message that is no message: cut short, or of other bytes.</summary>
    public static RpcException Unreadable() =>
        Fault.Of(
            StatusCode.InvalidArgument,
            V1.ErrorReason.MalformedRequest,
            "The message cannot be read: it is cut short, has a text that is not UTF-8, or is of another type. Check how it is written."
        );

    /// <summary>Completes the answer.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            logger.CallFailed(context.Request.Path, context.TraceIdentifier, exception);
            await FaultBody.WriteAsync(
                context,
                Fault.Of(
                    StatusCode.Internal,
                    V1.ErrorReason.Internal,
                    $"The suite failed in a way that it did not expect. Report it with the id {context.TraceIdentifier}.",
                    ("id", context.TraceIdentifier)
                )
            );
            return;
        }

        if (FaultAnswer.IsGrpc(context.Request))
        {
            CompleteGrpc(context);
        }
        else if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
        {
            await CompleteHttpAsync(context);
        }
    }

    private static RpcException RefusalOf(HttpContext context) =>
        context.Features.Get<CallerRefusal>()?.Fault
        ?? (context.Response.StatusCode == StatusCodes.Status401Unauthorized ? s_unknown : s_denied);

    private Task CompleteHttpAsync(HttpContext context)
    {
        var fault = context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => RefusalOf(context),
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => unknownPath(context),
            StatusCodes.Status413PayloadTooLarge => s_tooLarge,
            StatusCodes.Status415UnsupportedMediaType => s_noContentType,
            _ => null,
        };
        return fault is null ? Task.CompletedTask : FaultBody.WriteAsync(context, fault);
    }

    private static void CompleteGrpc(HttpContext context)
    {
        var response = context.Response;
        if (!response.HasStarted && response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
        {
            FaultAnswer.WriteGrpc(context, HelpLinks.With(RefusalOf(context), context));
            return;
        }

        // An answer without a message has its status among the headers, one with a message behind it.
        var status = response.HasStarted ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers : response.Headers;
        if (status is not { IsReadOnly: false } || status.ContainsKey(FaultAnswer.DetailsName))
        {
            return;
        }

        // What a service throws has details, so a status without them is gRPC's own.
        RpcException? own = status["grpc-status"].ToString() switch
        {
            "8" => s_tooLarge,
            "2" or "13" => Unreadable(),
            "12" => Fault.Of(
                StatusCode.Unimplemented,
                V1.ErrorReason.UnknownPath,
                $"{context.Request.Path} is not served: {Uri.UnescapeDataString(status["grpc-message"].ToString())} Check the names of "
                    + $"service and method.",
                ("method", context.Request.Method),
                ("path", context.Request.Path.Value ?? "")
            ),
            _ => null,
        };
        if (own is not null)
        {
            FaultAnswer.WriteStatus(status, HelpLinks.With(own, context));
        }
    }
}

using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// Writes an error as the JSON form of the API does: a <c>google.rpc.Status</c> with its details, and the HTTP status that goes with it.
/// Whoever opens a page in a browser gets a page.
/// </summary>
internal static class FaultBody
{
    private static readonly JsonFormatter s_json = new(
        new JsonFormatter.Settings(formatDefaultValues: false, TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor))
    );

    /// <summary>Writes an error. Nothing of the answer may have been sent.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fault">The error.</param>
    public static Task WriteAsync(HttpContext context, RpcException fault)
    {
        AnsweredFault.Note(context, fault);
        var status = HelpLinks.With(fault, context).GetRpcStatus()!;
        context.Response.StatusCode = HttpStatusOf(status);
        if (ErrorPages.IsAskedFor(context.Request))
        {
            return ErrorPages.WriteAsync(context, status);
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(s_json.Format(status), context.RequestAborted);
    }

    private static int HttpStatusOf(Google.Rpc.Status status) =>
        (StatusCode)status.Code switch
        {
            StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
            StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
            StatusCode.NotFound => StatusCodes.Status404NotFound,
            StatusCode.Internal => StatusCodes.Status500InternalServerError,
            StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
            StatusCode.Unimplemented => StatusCodes.Status405MethodNotAllowed,
            StatusCode.ResourceExhausted when status.GetDetail<RetryInfo>() is not null => StatusCodes.Status429TooManyRequests,
            StatusCode.ResourceExhausted => StatusCodes.Status413PayloadTooLarge,
            StatusCode.InvalidArgument when status.GetDetail<ErrorInfo>()?.Reason == Fault.NameOf(V1.ErrorReason.UnsupportedMediaType) =>
                StatusCodes.Status415UnsupportedMediaType,
            _ => StatusCodes.Status400BadRequest,
        };
}

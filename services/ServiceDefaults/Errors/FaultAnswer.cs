using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// Answers with an error before anything else has answered, in the form in which the caller reads: gRPC's headers, or the JSON form's body.
/// </summary>
public static class FaultAnswer
{
    /// <summary>The header, or trailer, of an error's details.</summary>
    public const string DetailsName = "grpc-status-details-bin";

    private const string Grpc = "application/grpc";

    /// <summary>Whether the call is one of gRPC, or of gRPC-Web.</summary>
    public static bool IsGrpc(HttpRequest request) =>
        (request ?? throw new ArgumentNullException(nameof(request))).ContentType?.StartsWith(Grpc, StringComparison.OrdinalIgnoreCase)
        == true;

    /// <summary>Writes an error. Nothing of the answer may have been sent.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fault">The error.</param>
    public static Task WriteAsync(HttpContext context, RpcException fault)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!IsGrpc(context.Request))
        {
            return FaultBody.WriteAsync(context, fault);
        }

        WriteGrpc(context, fault);
        return Task.CompletedTask;
    }

    /// <summary>Writes an error for a client of gRPC, which reads no status of HTTP but 200.</summary>
    internal static void WriteGrpc(HttpContext context, RpcException fault)
    {
        AnsweredFault.Note(context, fault);
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = context.Request.ContentType;
        WriteStatus(context.Response.Headers, fault);
    }

    /// <summary>Writes an error among the headers of an answer without a message, or the trailers of one with.</summary>
    /// <param name="status">The headers, or the trailers.</param>
    /// <param name="fault">The error.</param>
    public static void WriteStatus(IHeaderDictionary status, RpcException fault)
    {
        status["grpc-status"] = ((int)fault.StatusCode).ToString(CultureInfo.InvariantCulture);
        status["grpc-message"] = Uri.EscapeDataString(fault.Status.Detail).Replace("%20", " ", StringComparison.Ordinal);
        status[DetailsName] = Convert.ToBase64String(fault.GetRpcStatus()!.ToByteArray()).TrimEnd('=');
    }
}

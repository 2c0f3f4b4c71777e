using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>A feature of a call: the error that it was answered with.</summary>
/// <param name="Fault">The error.</param>
/// <param name="Request">What was asked; <see langword="null"/> where it was not read, or is a stream.</param>
internal sealed record AnsweredFault(RpcException Fault, IMessage? Request)
{
    /// <summary>Notes the error; the first that is noted is the one that is answered.</summary>
    public static void Note(HttpContext context, RpcException fault, object? request = null)
    {
        if (context.Features.Get<AnsweredFault>() is null)
        {
            context.Features.Set(new AnsweredFault(fault, request as IMessage));
        }
    }
}

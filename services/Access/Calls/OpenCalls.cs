using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Keys;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Access.Calls;

/// <summary>
/// Ends streams and sockets when their caller would be refused: its key is removed or has expired, its connection's certificate does not hold any
/// longer, or nobody is let in without a key any longer. Other calls are over by themselves, and are answered.
/// </summary>
internal sealed class OpenCalls(RequestDelegate next, ApiKeys keys)
{
    private static readonly RpcException s_over = Fault.Of(StatusCode.Unauthenticated, V1.ErrorReason.Unauthenticated,
        "The call is over: its API key was removed or has expired, its certificate has expired or is none of the suite's CA any longer, or it was "
        + "begun without a key and the suite asks for one now. Call again with what is in force.");

    public async Task InvokeAsync(HttpContext context)
    {
        if (!StaysOpen(context))
        {
            await next(context);
            return;
        }

        var key = context.Features.Get<KeyInForce>();
        var before = context.RequestAborted;
        using var refused = CancellationTokenSource.CreateLinkedTokenSource(
            key?.Ended ?? keys.Closed, context.Features.Get<CertificateInForce>()?.Ended ?? default);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(before, refused.Token);
        context.RequestAborted = ending.Token;
        context.Features.Set(new CallEnding(s_over, refused.Token));
        key?.Hold();
        try
        {
            await next(context);
        }
        finally
        {
            key?.Release();
            context.RequestAborted = before;
        }
    }

    private static bool StaysOpen(HttpContext context)
        => context.GetEndpoint()?.Metadata is { } endpoint
            && endpoint.GetMetadata<IAllowAnonymous>() is null
            && (endpoint.GetMetadata<GrpcMethodMetadata>() is { } rpc
                ? rpc.Method.Type != MethodType.Unary
                : context.Request.Headers.Upgrade.Count > 0);
}

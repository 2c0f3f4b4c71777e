using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>
/// Ends streams and sockets when their caller would be refused: its key is removed or has expired, or nobody is let in without one any
/// longer. Other calls are over by themselves, and are answered.
/// </summary>
internal sealed class OpenCalls(RequestDelegate next, ApiKeys keys)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!StaysOpen(context))
        {
            await next(context);
            return;
        }

        var key = context.Features.Get<KeyInForce>();
        var before = context.RequestAborted;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(before, key?.Ended ?? keys.Closed);
        context.RequestAborted = ending.Token;
        context.Features.Set(new Refusal(key?.Ended ?? keys.Closed));
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

/// <summary>When the caller of an open call is refused.</summary>
internal sealed record Refusal(CancellationToken Token);

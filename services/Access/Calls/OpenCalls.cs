using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Leases;
using EarlyWarning.Access.Roles;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EarlyWarning.Access.Calls;

/// <summary>
/// Ends streams and sockets when their caller would be refused, or would be told of other countries: its key is removed, its key or token
/// has expired, it has other roles, its certificate does not hold any longer, its organisation has other members, or nobody is let in
/// unknown any longer. Other calls
/// are over by themselves, and are answered.
/// </summary>
internal sealed class OpenCalls(RequestDelegate next, AnonymousAccess anonymous, IOrganisations organisations)
{
    private static readonly RpcException s_over = Fault.Of(
        StatusCode.Unauthenticated,
        V1.ErrorReason.Unauthenticated,
        "The call is over: its API key was removed, its key or token has expired, its caller was given other roles, its certificate has "
            + "expired or is none of the suite's CA any longer, the members of its organisation have become others, or it was begun "
            + "unknown and the suite asks who calls now. Call again, with what is in force."
    );

    public async Task InvokeAsync(HttpContext context)
    {
        if (!StaysOpen(context))
        {
            await next(context);
            return;
        }

        using var held = context.Features.Get<IAdmission>()?.Hold();
        var before = context.RequestAborted;
        var moved = context.Features.Get<CallerGrants>()?.FollowsDirectory == true ? organisations.Changed : CancellationToken.None;
        var shown = context.Features.Get<CertificateInForce>()?.Ended ?? CancellationToken.None;
        using var refused = CancellationTokenSource.CreateLinkedTokenSource(held?.Ended ?? anonymous.Closed, moved, shown);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(before, refused.Token);
        context.RequestAborted = ending.Token;
        context.Features.Set(new CallEnding(s_over, refused.Token));
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestAborted = before;
        }
    }

    private static bool StaysOpen(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } endpoint
        && endpoint.GetMetadata<IAllowAnonymous>() is null
        && (
            endpoint.GetMetadata<GrpcMethodMetadata>() is { } rpc
                ? rpc.Method.Type != MethodType.Unary
                : context.Request.Headers.Upgrade.Count > 0
                    || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
        );
}

using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Requests;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Auditing;

/// <summary>
/// Puts on record what was refused for who called or whence, and acts that failed, whatever refused them. It stands before everything that
/// answers.
/// </summary>
internal sealed class AuditedCalls(RequestDelegate next, TimeProvider time, IAuditLog? log = null)
{
    private static readonly string[] s_names =
    [
        Errors.Fault.NameOf(V1.ErrorReason.HostNotServed),
        Errors.Fault.NameOf(V1.ErrorReason.OriginNotServed),
    ];

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (
                log is not null
                && context.Features.Get<AnsweredFault>() is { } answered
                && (IsRefusal(answered.Fault) || IsAct(context, answered))
            )
            {
                log.Count(AuditEntries.KindOf(context, answered.Fault), () => AuditEntries.Of(context, answered, time.GetUtcNow()));
            }
        }
    }

    private static bool IsAct(HttpContext context, AnsweredFault answered) =>
        RecordedCall.Is(context) && !(answered.Request is { } request && RequestInterceptor.OnlyChecks(request));

    private static bool IsRefusal(RpcException fault) =>
        fault.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied
        || (
            fault.StatusCode == StatusCode.InvalidArgument
            && fault.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>() is { Reason: var reason }
            && s_names.Contains(reason)
        );
}

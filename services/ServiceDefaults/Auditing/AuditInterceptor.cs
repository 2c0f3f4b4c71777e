using EarlyWarning.ServiceDefaults.Requests;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.ServiceDefaults.Auditing;

/// <summary>
/// Puts on record what was done: a handler that commits keeps the entry in its own transaction, by the mark of
/// <see cref="RequestMarks.Of"/>; that of another is kept here, after it. It stands behind what recognises a request that is sent again,
/// which is nothing done.
/// </summary>
internal sealed class AuditInterceptor(TimeProvider time, IAuditLog? log = null) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        if (log is null || !RecordedCall.Is(context.GetHttpContext()) || RequestInterceptor.OnlyChecks((IMessage)request))
        {
            return await continuation(request, context);
        }

        var entry = Begin((IMessage)request, context);
        var response = await continuation(request, context);
        await log.KeepAsync(entry);
        return response;
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        await continuation(request, responseStream, context);
        if (log is not null && RecordedCall.Is(context.GetHttpContext()))
        {
            await log.KeepAsync(AuditEntries.Of(context.GetHttpContext(), (IMessage)request, time.GetUtcNow()));
        }
    }

    private V1.AuditEntry Begin(IMessage request, ServerCallContext context)
    {
        var entry = AuditEntries.Of(context.GetHttpContext(), request, time.GetUtcNow());
        context.UserState[RequestMarks.AuditKey] = AuditEntries.TextOf(entry);
        return entry;
    }
}

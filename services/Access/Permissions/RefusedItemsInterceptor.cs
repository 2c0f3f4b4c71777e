using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Access.Permissions;

/// <summary>
/// Puts on record observations that were refused for their country, each batch once: they are refused alone, so no error of the call says
/// so. It stands behind what binds a caller to countries.
/// </summary>
internal sealed class RefusedItemsInterceptor(TimeProvider time, IAuditLog? log = null) : Interceptor
{
    private static readonly string s_reason = Fault.NameOf(ErrorReason.CountryNotGranted);

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        var response = await continuation(request, context);
        if (response is RecordObservationsResponse answer)
        {
            Count(context.GetHttpContext(), answer.Problems);
        }

        return response;
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        continuation(
            requestStream,
            log is not null
            && IsBound(context.GetHttpContext())
            && responseStream is IServerStreamWriter<StreamObservationsResponse> answers
                ? (IServerStreamWriter<TResponse>)(object)new CountedStream(answers, problems => Count(context.GetHttpContext(), problems))
                : responseStream,
            context
        );

    private static bool IsBound(HttpContext context) => context.Features.Get<CallerCountries>() is not null;

    private void Count(HttpContext context, IReadOnlyList<ItemProblem> problems)
    {
        if (
            log is null
            || problems.Count == 0
            || !IsBound(context)
            || problems.FirstOrDefault(problem => problem.Reason == s_reason) is not { } first
        )
        {
            return;
        }

        var items = problems.Count(problem => problem.Reason == s_reason);
        log.Count(AuditEntries.KindOf(context, StatusCode.PermissionDenied, s_reason), () =>
            AuditEntries.Refused(
                context,
                StatusCode.PermissionDenied,
                s_reason,
                $"Observations of the batch that were refused: {items}. {first.Message}",
                time.GetUtcNow()
            )
        );
    }

    private sealed class CountedStream(IServerStreamWriter<StreamObservationsResponse> answers, Action<IReadOnlyList<ItemProblem>> count)
        : IServerStreamWriter<StreamObservationsResponse>
    {
        public WriteOptions? WriteOptions
        {
            get => answers.WriteOptions;
            set => answers.WriteOptions = value;
        }

        public Task WriteAsync(StreamObservationsResponse message)
        {
            count(message.Problems);
            return answers.WriteAsync(message);
        }

        public Task WriteAsync(StreamObservationsResponse message, CancellationToken cancellationToken)
        {
            count(message.Problems);
            return answers.WriteAsync(message, cancellationToken);
        }
    }
}

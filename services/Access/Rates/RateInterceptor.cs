using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.Access.Rates;

/// <summary>
/// Holds observations to what their caller may send: a call with too many is refused and says when to send it again; a stream is read more
/// slowly, so its sender is slowed by the connection itself and nothing is refused.
/// </summary>
internal sealed class RateInterceptor(RateFaults faults, TimeProvider time) : Interceptor
{
    private const string Limit = "observations-per-second";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        var count = request switch
        {
            RecordObservationsRequest several => several.Observations.Count,
            RecordObservationRequest => 1,
            _ => 0,
        };
        var http = context.GetHttpContext();
        return count > 0 && http.Features.Get<CallerRate>()?.Observe(count) is { } after
            ? throw faults.Of(http, Limit, "The caller sends more observations a second than it may.", after)
            : continuation(request, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        continuation(
            requestStream is IAsyncStreamReader<StreamObservationsRequest> batches
            && context.GetHttpContext().Features.Get<CallerRate>() is { } rate
                ? (IAsyncStreamReader<TRequest>)
                    (object)new SlowedStream(batches, rate, () => faults.Count(context.GetHttpContext(), Limit), time)
                : requestStream,
            responseStream,
            context
        );

    private sealed class SlowedStream(
        IAsyncStreamReader<StreamObservationsRequest> batches,
        CallerRate rate,
        Action slowed,
        TimeProvider time
    ) : IAsyncStreamReader<StreamObservationsRequest>
    {
        public StreamObservationsRequest Current => batches.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await batches.MoveNext(cancellationToken))
            {
                return false;
            }

            while (rate.Observe(Current.Observations.Count) is { } after)
            {
                slowed();
                await Task.Delay(after, time, cancellationToken);
            }

            return true;
        }
    }
}

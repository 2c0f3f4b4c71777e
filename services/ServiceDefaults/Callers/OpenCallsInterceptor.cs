using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>Says of a stream that <see cref="OpenCalls"/> ended why it ended: to its handler the caller went away.</summary>
internal sealed class OpenCallsInterceptor : Interceptor
{
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
        => AnswerAsync(continuation(request, responseStream, context), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        => AnswerAsync(continuation(requestStream, responseStream, context), context);

    private static async Task AnswerAsync(Task handling, ServerCallContext context)
    {
        await handling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (context.GetHttpContext().Features.Get<Refusal>()?.Token.IsCancellationRequested == true)
        {
            throw Fault.Of(StatusCode.Unauthenticated, V1.ErrorReason.Unauthenticated,
                "The call is over: its API key was removed or has expired, or it was begun without one and the suite asks for one now. "
                + "Call again with a key that is in force.");
        }

        await handling;
    }
}

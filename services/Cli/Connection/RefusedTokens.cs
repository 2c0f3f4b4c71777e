using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.Cli.Connection;

/// <summary>Asks once more, with another token, where the suite refuses the one that was shown.</summary>
internal sealed class RefusedTokens(TokenCommand tokens) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation
    )
    {
        var first = continuation(request, context);
        return new(AnswerAsync(), first.ResponseHeadersAsync, first.GetStatus, first.GetTrailers, first.Dispose);

        async Task<TResponse> AnswerAsync()
        {
            try
            {
                return await first.ResponseAsync;
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unauthenticated)
            {
                if (!await tokens.ForgetAsync(context.Options.CancellationToken))
                {
                    throw;
                }
            }

            using var second = continuation(request, context);
            return await second.ResponseAsync;
        }
    }
}

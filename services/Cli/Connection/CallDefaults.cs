using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.Cli.Connection;

/// <summary>Adds to every call who makes it, and to every single question how long it may take.</summary>
internal sealed class CallDefaults(Metadata who, TimeSpan timeout, TimeProvider time) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation
    ) => continuation(request, With(context, context.Options.WithDeadline((time.GetUtcNow() + timeout).UtcDateTime)));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation
    ) => continuation(request, With(context, context.Options));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation
    ) => continuation(With(context, context.Options));

    private ClientInterceptorContext<TRequest, TResponse> With<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        CallOptions options
    )
        where TRequest : class
        where TResponse : class => new(context.Method, context.Host, options.WithHeaders(who));
}

using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>Turns what a handler throws into an error that says what to fix: nothing reaches a caller as a bare exception.</summary>
internal sealed class FaultInterceptor(IEnumerable<FaultMapping> mappings, ILogger<FaultInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception)
        {
            throw Answer(exception as RpcException ?? Translate(exception, context), context.GetHttpContext(), request);
        }
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) => StreamAsync(() => continuation(request, responseStream, context), context, request);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) => StreamAsync(() => continuation(new ReadableStream<TRequest>(requestStream), responseStream, context), context);

    private async Task StreamAsync(Func<Task> handler, ServerCallContext context, object? request = null)
    {
        var http = context.GetHttpContext();
        try
        {
            await handler();
        }
        catch (Exception exception)
        {
            throw Answer(CallEnding.FaultOf(http) ?? exception as RpcException ?? Translate(exception, context), http, request);
        }

        // To a handler whose stream was ended its caller went away, of which it need not make an error.
        if (CallEnding.FaultOf(http) is { } fault)
        {
            throw Answer(fault, http, request);
        }
    }

    private static RpcException Answer(RpcException fault, HttpContext http, object? request)
    {
        AnsweredFault.Note(http, fault, request);
        return HelpLinks.With(fault, http);
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        foreach (var mapping in mappings)
        {
            if (mapping.Map(exception) is { } mapped)
            {
                return mapped;
            }
        }

        switch (exception)
        {
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested:
                return new(new(StatusCode.Cancelled, "The call was cancelled."));
            case IOException when context.CancellationToken.IsCancellationRequested:
                return new(new(StatusCode.Cancelled, "The caller went away."));
            case OperationCanceledException:
                return Fault.Of(
                    StatusCode.Unavailable,
                    V1.ErrorReason.StoreUnavailable,
                    "The suite is stopping. Send the same again, with back-off."
                );
            case TimeoutException:
                return Fault.Of(
                    StatusCode.Unavailable,
                    V1.ErrorReason.StoreUnavailable,
                    "The suite did not answer itself in time. Send the same again, with back-off."
                );
            default:
                var id = context.GetHttpContext().TraceIdentifier;
                logger.CallFailed(context.Method, id, exception);
                return Fault.Of(
                    StatusCode.Internal,
                    V1.ErrorReason.Internal,
                    $"The suite failed in a way that it did not expect. Report it with the id {id}.",
                    ("id", id)
                );
        }
    }
}

/// <summary>What an exception of a part of the suite means to callers. Register as many as there are.</summary>
/// <param name="Map">The error for an exception that it knows; <see langword="null"/> for any other.</param>
public sealed record FaultMapping(Func<Exception, RpcException?> Map);

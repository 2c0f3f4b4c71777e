using Grpc.Core;

namespace EarlyWarning.Board.Tests.Infrastructure;

/// <summary>A suite that answers what a test has laid down, by the type of the answer, and is away for everything else.</summary>
internal sealed class FixedAnswers(params object[] answers) : CallInvoker
{
    public List<object> Asked { get; } = [];

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    )
    {
        Asked.Add(request);
        var answer = answers.OfType<TResponse>().FirstOrDefault() is { } found
            ? Task.FromResult(found)
            : Task.FromException<TResponse>(new RpcException(new(StatusCode.Unavailable, "The suite is away.")));
        return new(answer, Task.FromResult(Metadata.Empty), () => Grpc.Core.Status.DefaultSuccess, () => [], () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    ) => throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    ) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options
    ) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options
    ) => throw new NotSupportedException();
}

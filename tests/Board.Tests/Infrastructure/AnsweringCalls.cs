using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Board.Tests.Infrastructure;

/// <summary>A suite that answers calls as a test says, anything else with an empty answer, and remembers what it was asked.</summary>
internal sealed class AnsweringCalls : CallInvoker
{
    private readonly Dictionary<string, Func<object>> _answers = [];

    /// <summary>What was asked, in order: the rpc's name and the request.</summary>
    public ConcurrentQueue<(string Rpc, IMessage Request)> Asked { get; } = [];

    /// <summary>Has an rpc answered so from now on; what is thrown is its fault.</summary>
    public AnsweringCalls With(string rpc, Func<object> answer)
    {
        _answers[rpc] = answer;
        return this;
    }

    /// <summary>The last request of an rpc.</summary>
    public T Last<T>() => Asked.Select(one => one.Request).OfType<T>().Last();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    )
    {
        Asked.Enqueue((method.Name, (IMessage)(object)request!));
        return new(AnswerAsync<TResponse>(method.Name), Task.FromResult(new Metadata()), () => new(StatusCode.OK, ""), () => [], () => { });
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

    private async Task<T> AnswerAsync<T>(string rpc)
    {
        await Task.CompletedTask;
        return _answers.TryGetValue(rpc, out var answer) ? (T)answer() : Activator.CreateInstance<T>();
    }
}

using System.Collections.Concurrent;
using Grpc.Core;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>A gRPC call without a wire.</summary>
internal sealed class FakeCall(DateTime? deadline = null, CancellationToken cancellationToken = default) : ServerCallContext
{
    /// <summary>Whether the answer has begun: over HTTP its status is sent by then, and an error can no longer be one.</summary>
    public bool AnswerBegan { get; private set; }

    protected override string MethodCore => "test";

    protected override string HostCore => "test";

    protected override string PeerCore => "test";

    protected override DateTime DeadlineCore => deadline ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => cancellationToken;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        AnswerBegan = true;
        return Task.CompletedTask;
    }
}

/// <summary>Takes what a stream writes.</summary>
internal sealed class FakeStream<T> : IServerStreamWriter<T>
{
    public ConcurrentQueue<T> Written { get; } = new();

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message, CancellationToken cancellationToken) => WriteAsync(message);

    public Task WriteAsync(T message)
    {
        Written.Enqueue(message);
        return Task.CompletedTask;
    }
}
